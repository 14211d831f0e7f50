using System.Collections.Concurrent;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Documents;

/// <summary>Fetches what participants hear while they wait, and checks that there is something to hear.</summary>
/// <param name="fetcher">Fetches it.</param>
internal sealed class HoldMusic(DocumentFetcher fetcher)
{
    private readonly ConcurrentBag<Task<string?>> _checks = [];

    /// <summary>A participant begins to wait.</summary>
    public void Play(SimulatedCall call, string url, CancellationToken cancellationToken) =>
        _checks.Add(CheckAsync(call, url, cancellationToken));

    /// <summary>What was wrong with each hold music that was played, null where nothing; once all of it is there.</summary>
    public Task<string?[]> ResultsAsync() => Task.WhenAll(_checks);

    /// <summary>Whether a document plays something to a call.</summary>
    public static bool Plays(SwmlObject document, SimulatedCall call)
    {
        var interpreter = new SwmlInterpreter(document, new CallVariables(call));
        interpreter.Run();
        return interpreter.Trace.Any(step => step is { Method: "play", Note.Length: > 0 });
    }

    private async Task<string?> CheckAsync(SimulatedCall call, string url, CancellationToken cancellationToken)
    {
        FetchedDocument fetched = await fetcher.FetchAsync(url, new CallVariables(call), cancellationToken);
        return fetched.Document is null ? $"{url}: {fetched.Fault}"
            : Plays(fetched.Document, call) ? null
            : $"{url}: the document plays nothing";
    }
}

using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Load;
using ConferenceFunctions.Simulator.Logs;
using ConferenceFunctions.Simulator.Recordings;
using Spectre.Console;

namespace ConferenceFunctions.Simulator;

/// <summary>Plays SignalWire against a backend, and checks what the backend made of it.</summary>
public static class Simulator
{
    // A file has no width; the default would break lines that fit.
    private const int WidthOfFiles = 140;

    /// <summary>The console of this process, wide enough for a comparison also where its output goes to a file.</summary>
    public static IAnsiConsole OpenConsole()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthOfFiles;
        }

        return AnsiConsole.Console;
    }

    /// <summary>Fetches the documents, posts the callbacks of many conferences as fast as the backend takes them, and compares.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="console">Where progress and outcome are printed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels everything.</param>
    public static async Task<SimulationResult> LoadAsync(
        LoadOptions options, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fault() is { } fault)
        {
            return SimulationResult.Refuse(fault);
        }

        using HttpClient http = SignalWireClient.CreateHttp();
        return await new LoadRun(options, BackendUrl.Of(options.Urls[0])!, http, console, time).RunAsync(cancellationToken);
    }

    /// <summary>Fetches the documents, plays a conference, posts its callbacks, serves its recording, and compares.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="console">Where progress and outcome are printed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels everything.</param>
    public static async Task<SimulationResult> RunAsync(
        SimulationOptions options, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Fault() is { } fault)
        {
            return SimulationResult.Refuse(fault);
        }

        string backend = BackendUrl.Of(options.Urls[0])!;
        bool reachable = options.RecordingBase is not null || PublicUrls.IsLoopback(new Uri(backend));
        await using RecordingServer? server = reachable ? await RecordingServer.StartAsync(options.RecordingPort, cancellationToken) : null;
        if (reachable && server is null)
        {
            return SimulationResult.Refuse($"Port {options.RecordingPort} is taken. Give --recording-port with another one, or leave it out.");
        }

        if (server is not null && options.RecordingFaults.Count > 0)
        {
            server.Misbehave = new RecordingFaults(options.RecordingFaults).MisbehaveAsync;
        }

        using HttpClient http = SignalWireClient.CreateHttp();
        SimulationResult result = await new SimulationRun(options, backend, http, server, console, time).RunAsync(cancellationToken);
        if (options.Stay && server is not null)
        {
            new Report(console).Note(
                $"Serving recordings and the log of conferences: {server.BaseUrl} (project {SpaceApi.ProjectId}, token {SpaceApi.ApiToken}). Ctrl+C ends it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return result;
    }
}

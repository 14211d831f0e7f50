using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;

namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>Somebody who takes part: a call, and the document that it is given.</summary>
/// <param name="call">The call.</param>
/// <param name="url">Where its document is.</param>
internal sealed class Caller(SimulatedCall call, string url)
{
    /// <summary>The call.</summary>
    public SimulatedCall Call { get; } = call;

    /// <summary>Where its document is.</summary>
    public string Url { get; } = url;

    /// <summary>Whether the call has run a document already.</summary>
    public bool HasCalled { get; set; }

    /// <summary>What was fetched for it, in order.</summary>
    public List<FetchedDocument> Fetched { get; } = [];
}

using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Documents;

/// <summary>What came back on the fetch of a document.</summary>
/// <param name="Url">Where it was fetched from.</param>
/// <param name="Document">The document; null where it can't be used.</param>
/// <param name="Fault">Why it can't be used; null where it can.</param>
/// <param name="Reached">Whether something was delivered at all, be it no document.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record FetchedDocument(string Url, SwmlObject? Document, string? Fault, bool Reached, TimeSpan Elapsed);

namespace ConferenceFunctions.OpenApi;

/// <summary>
/// The one table of everything that can be called over HTTP. <c>openapi.json</c> is made of it, and it is held against the
/// functions' attributes and against their answers.
/// </summary>
internal static class Operations
{
    /// <summary>All operations, in the order of their areas.</summary>
    public static IReadOnlyList<Operation> All { get; } =
        [.. ConferenceOperations.All, .. RecordingOperations.All, .. DocumentOperations.All, .. DeadLetterOperations.All, .. SignalWireOperations.All, .. AppOperations.All];

    /// <summary>What the areas are.</summary>
    public static IReadOnlyDictionary<string, string> Areas { get; } = new Dictionary<string, string>
    {
        [ConferenceOperations.Area] = "Who was in which conference, when, muted or held, and for how long.",
        [RecordingOperations.Area] = "Recordings in your own storage: where each stands, and its audio.",
        [DocumentOperations.Area] = "SWML documents that are served to SignalWire.",
        [DeadLetterOperations.Area] = "What could not be applied: to look at, to try again, to discard.",
        [SignalWireOperations.Area] = "What SignalWire calls. Paste the `swml_url` of a document; the other URLs are in what it serves.",
        [AppOperations.Area] = "About the app itself.",
    };
}

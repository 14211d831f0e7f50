namespace ConferenceFunctions.Core.Callbacks;

/// <summary>A callback on its way from the HTTP request to the tables.</summary>
/// <param name="Id">Its id, see <see cref="ConferenceEvent.Id"/>; for <see cref="CallbackKind.Caller"/> the call id.</param>
/// <param name="Kind">Which route it came in by.</param>
/// <param name="Document">The document in its URL.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Body">Body as it came; for GET the query without our own parameters.</param>
public sealed record QueuedCallback(string Id, CallbackKind Kind, string Document, DateTimeOffset ReceivedAt, ReadOnlyMemory<byte> Body)
{
    /// <summary>How often the conference of a recording event without one was looked for in vain. Storage that was away is no look.</summary>
    public int Looks { get; init; }
}

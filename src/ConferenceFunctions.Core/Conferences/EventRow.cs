namespace ConferenceFunctions.Core.Conferences;

/// <summary>An event as it is kept.</summary>
/// <param name="Key">Its row key, in the order of time.</param>
/// <param name="Time">When it happened, in microseconds since 1970; 0 if unknown.</param>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Which route it came in by.</param>
/// <param name="Document">The document in its URL.</param>
/// <param name="ReceivedAt">When it was received.</param>
/// <param name="Body">Body as it came.</param>
public sealed record EventRow(
    string Key, long Time, string Id, Callbacks.CallbackKind Kind, string Document, DateTimeOffset ReceivedAt, byte[] Body);

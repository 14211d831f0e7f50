namespace ConferenceFunctions.Core.Recordings;

/// <summary>Where the audio of a recording can be played from, for a while, by whoever has the URL.</summary>
/// <param name="Url">Read-only URL of the blob. Takes ranges, so that players can seek.</param>
/// <param name="ExpiresAt">Until when it works.</param>
/// <param name="ContentType">Content type of the audio.</param>
public sealed record RecordingLink(string Url, DateTimeOffset ExpiresAt, string ContentType);

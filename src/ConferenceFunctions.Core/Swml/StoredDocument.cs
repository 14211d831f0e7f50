namespace ConferenceFunctions.Core.Swml;

/// <summary>A document as its author stored it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">The text, comments and layout included.</param>
/// <param name="ContentType">Its content type, as stored.</param>
/// <param name="ETag">Its version.</param>
/// <param name="ModifiedAt">When it was stored.</param>
public sealed record StoredDocument(string Name, byte[] Text, string ContentType, string ETag, DateTimeOffset ModifiedAt);

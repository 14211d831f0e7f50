namespace ConferenceFunctions.Core.Swml;

/// <summary>What was found under a name.</summary>
/// <param name="Document">The document, or null where none is stored.</param>
/// <param name="HasWait">Whether there is a document for those who wait for it.</param>
/// <param name="Version">Changes when one of the two does; null where nothing is stored.</param>
public sealed record DocumentRead(StoredDocument? Document, bool HasWait, string? Version);

using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>A stored document in the list of all.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its content type.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="ETag">Its version.</param>
/// <param name="ModifiedAt">When it was stored.</param>
public sealed record DocumentEntry(string Name, string ContentType, long Size, [property: JsonPropertyName("etag")] string ETag, DateTimeOffset ModifiedAt);

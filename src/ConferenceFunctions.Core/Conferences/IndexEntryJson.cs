using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>An index entry, as it stands in the row of its conference.</summary>
[JsonSerializable(typeof(IndexEntry))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class IndexEntryJson : JsonSerializerContext;

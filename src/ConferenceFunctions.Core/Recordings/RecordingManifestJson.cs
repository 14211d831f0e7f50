using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>The JSON of a manifest, to be read by people.</summary>
[JsonSerializable(typeof(RecordingManifest))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
internal sealed partial class RecordingManifestJson : JsonSerializerContext;

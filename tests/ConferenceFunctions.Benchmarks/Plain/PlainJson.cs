using System.Text.Json.Serialization;

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>Callbacks and messages as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlainCallback))]
[JsonSerializable(typeof(PlainMessage))]
internal sealed partial class PlainJson : JsonSerializerContext;

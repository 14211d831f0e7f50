using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Who called, as it travels in the queue.</summary>
[JsonSerializable(typeof(Caller))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class CallerJson : JsonSerializerContext;

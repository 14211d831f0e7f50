using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>A job, as it travels in the queue.</summary>
[JsonSerializable(typeof(RecordingJob))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
internal sealed partial class RecordingJobJson : JsonSerializerContext;

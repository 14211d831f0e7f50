using System.Text.Json.Serialization;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Core;

/// <summary>The JSON of the API, with SWML's snake_case names.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Conference))]
[JsonSerializable(typeof(Page<Conference>))]
[JsonSerializable(typeof(Page<Participant>))]
[JsonSerializable(typeof(Timeline))]
[JsonSerializable(typeof(Page<ConferenceLogEntry>))]
[JsonSerializable(typeof(Recording))]
[JsonSerializable(typeof(Page<Recording>))]
[JsonSerializable(typeof(DeadLetter))]
[JsonSerializable(typeof(Page<DeadLetter>))]
[JsonSerializable(typeof(DeadLetterReplayed))]
[JsonSerializable(typeof(ReplayProgress))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(RecordingLink))]
[JsonSerializable(typeof(DocumentDetails))]
[JsonSerializable(typeof(Page<DocumentEntry>))]
[JsonSerializable(typeof(IReadOnlyList<SwmlFault>))]
public sealed partial class ApiJson : JsonSerializerContext;

using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Writes a <see cref="RecordingStatus"/> as its name in snake case.</summary>
public sealed class RecordingStatusConverter() : JsonStringEnumConverter<RecordingStatus>(JsonNamingPolicy.SnakeCaseLower);

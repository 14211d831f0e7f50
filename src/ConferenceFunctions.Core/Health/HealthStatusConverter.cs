using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Health;

/// <summary>Writes a <see cref="HealthStatus"/> as its name in snake case.</summary>
public sealed class HealthStatusConverter() : JsonStringEnumConverter<HealthStatus>(JsonNamingPolicy.SnakeCaseLower);

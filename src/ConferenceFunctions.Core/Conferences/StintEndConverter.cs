using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Writes a <see cref="StintEnd"/> as its name in snake case.</summary>
public sealed class StintEndConverter() : JsonStringEnumConverter<StintEnd>(JsonNamingPolicy.SnakeCaseLower);

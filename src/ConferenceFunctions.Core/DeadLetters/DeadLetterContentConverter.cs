using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Writes a <see cref="DeadLetterContent"/> as its name in snake case.</summary>
public sealed class DeadLetterContentConverter() : JsonStringEnumConverter<DeadLetterContent>(JsonNamingPolicy.SnakeCaseLower);

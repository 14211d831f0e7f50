using System.Text.Json.Nodes;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>A value in an event.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Value">The value.</param>
/// <param name="CxmlName">Its name in cXML's forms; null where they do not have it.</param>
internal sealed record EventField(string Name, JsonNode Value, string? CxmlName = null);

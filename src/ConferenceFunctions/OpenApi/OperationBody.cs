using System.Text.Json.Nodes;

namespace ConferenceFunctions.OpenApi;

/// <summary>The body that an operation takes.</summary>
/// <param name="Description">What it is.</param>
/// <param name="Examples">An example by content type.</param>
internal sealed record OperationBody(string Description, IReadOnlyDictionary<string, JsonNode> Examples);

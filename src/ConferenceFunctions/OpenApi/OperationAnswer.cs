using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace ConferenceFunctions.OpenApi;

/// <summary>What an operation answers when all is well.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">What it means.</param>
internal sealed record OperationAnswer(int Status, string Description)
{
    /// <summary>Type of the JSON; null where the answer is something else.</summary>
    public JsonTypeInfo? Type { get; init; }

    /// <summary>Content type; null where there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>An example of the body.</summary>
    public JsonNode? Example { get; init; }

    /// <summary>Headers that the answer has, and what they are.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>An answer in JSON.</summary>
    public static OperationAnswer Json<T>(string description, JsonTypeInfo<T> type, T example, int status = 200) => new(status, description)
    {
        Type = type,
        ContentType = "application/json",
        Example = JsonSerializer.SerializeToNode(example, type),
    };

    /// <summary>An answer in another format.</summary>
    public static OperationAnswer Text(string description, string contentType, string example) =>
        new(200, description) { ContentType = contentType, Example = example };

    /// <summary>An answer without a body.</summary>
    public static OperationAnswer Empty(int status, string description) => new(status, description);
}

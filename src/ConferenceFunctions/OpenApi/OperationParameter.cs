using System.Text.Json.Nodes;

namespace ConferenceFunctions.OpenApi;

/// <summary>A parameter of an operation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="In">Where it stands: <c>path</c>, <c>query</c> or <c>header</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="Schema">What it takes.</param>
/// <param name="Example">A value that it takes.</param>
internal sealed record OperationParameter(string Name, string In, string Description, JsonObject Schema, JsonNode Example)
{
    public static OperationParameter Path(string name, string description, string example) => new(name, "path", description, Text(), example);

    public static OperationParameter Query(string name, string description, string example) => new(name, "query", description, Text(), example);

    /// <summary>A parameter that takes one of those words.</summary>
    public static OperationParameter Word(string name, string description, string example, IReadOnlyList<string> words) => new(
        name, "query", description, new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. words.Select(word => (JsonNode)word)]) }, example);

    public static OperationParameter Flag(string name, string description) =>
        new(name, "query", description, new JsonObject { ["type"] = "boolean" }, true);

    public static OperationParameter Header(string name, string description, string example) => new(name, "header", description, Text(), example);

    /// <summary>How many a page is to have at most.</summary>
    public static OperationParameter Limit(int otherwise, int max) => new(
        "limit", "query", "Most items of the page.",
        new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = max, ["default"] = otherwise }, otherwise);

    /// <summary>Where a page begins.</summary>
    public static OperationParameter Cursor(string example) =>
        Query("cursor", "Where the page begins: taken from the `next` of the page before, which has it in its URL.", example);

    private static JsonObject Text() => new() { ["type"] = "string" };
}

using System.Text.Json.Nodes;
using NJsonSchema;

namespace ConferenceFunctions.Tests.OpenApi;

/// <summary>Takes schemas out of an OpenAPI document, so that JSON can be held against them.</summary>
internal static class OpenApiSchemaReader
{
    /// <summary>A schema, with all others that it may refer to. A property that it does not know is a fault here: it was forgotten.</summary>
    public static Task<JsonSchema> ReadAsync(JsonNode document, JsonNode schema)
    {
        JsonObject definitions = document["components"]!["schemas"]!.DeepClone().AsObject();
        foreach ((_, JsonNode? definition) in definitions)
        {
            definition!["additionalProperties"] = false;
        }

        var whole = new JsonObject { ["definitions"] = definitions, ["allOf"] = new JsonArray(schema.DeepClone()) };
        return JsonSchema.FromJsonAsync(
            whole.ToJsonString().Replace("#/components/schemas/", "#/definitions/", StringComparison.Ordinal), TestContext.Current.CancellationToken);
    }
}

using System.Reflection;
using System.Text.Json.Nodes;
using ConferenceFunctions.OpenApi;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using NJsonSchema;

namespace ConferenceFunctions.Tests.OpenApi;

/// <summary>Holds the table of operations against the functions, and <c>openapi.json</c> against the table.</summary>
public class OpenApiTests
{
    private static readonly string File = Path.Combine(Repository.Root, "src/ConferenceFunctions/OpenApi/openapi.json");

    private static readonly string Written = OpenApiWriter.Write(Operations.All);

    /// <summary>
    /// After a change of an operation or a model: <c>CF_WRITE_OPENAPI=1 dotnet test tests/ConferenceFunctions.Tests --filter OpenApi</c>
    /// writes the file anew.
    /// </summary>
    [Fact]
    public void The_file_is_what_the_table_says()
    {
        if (Environment.GetEnvironmentVariable("CF_WRITE_OPENAPI") == "1")
        {
            System.IO.File.WriteAllText(File, Written);
        }

        Assert.Equal(Written, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void The_table_has_every_function_with_its_methods_route_and_key()
    {
        IEnumerable<string> functions =
            from method in typeof(QueryFunctions).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            let function = method.GetCustomAttribute<FunctionAttribute>()
            from parameter in method.GetParameters()
            let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
            where function is not null && trigger is not null
            select Show(function.Name, trigger.Methods!, trigger.Route!, trigger.AuthLevel == AuthorizationLevel.Function);

        Assert.Equal(
            functions.Order(StringComparer.Ordinal),
            Operations.All.Select(operation => Show(operation.Function, operation.Methods, operation.Route, operation.Access == OperationAccess.FunctionKey))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_part_of_a_route_is_a_parameter() => Assert.All(Operations.All, operation => Assert.Equal(
        operation.Route.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')),
        operation.Parameters.Where(parameter => parameter.In == "path").Select(parameter => parameter.Name)));

    [Fact]
    public void A_validator_of_OpenAPI_accepts_it()
    {
        ReadResult read = OpenApiDocument.Parse(Written, "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
        Assert.Equal(Operations.All.Select(operation => operation.Route).Distinct().Count(), read.Document!.Paths.Count);
    }

    [Fact]
    public void A_validator_of_OpenAPI_can_refuse()
    {
        ReadResult read = OpenApiDocument.Parse(
            Written.Replace("\"description\": \"The conference.\",", "", StringComparison.Ordinal), "json", new OpenApiReaderSettings { RuleSet = ValidationRuleSet.GetDefaultRuleSet() });

        Assert.NotEmpty(read.Diagnostic!.Errors);
    }

    [Fact]
    public void Every_schema_and_every_property_is_described()
    {
        foreach ((string name, JsonNode? schema) in JsonNode.Parse(Written)!["components"]!["schemas"]!.AsObject())
        {
            Assert.True(schema!["description"] is not null, name);
            Assert.All(schema["properties"]!.AsObject(), property => Assert.True(property.Value!["description"] is not null, $"{name}.{property.Key}"));
        }
    }

    [Fact]
    public async Task Examples_are_as_their_schemas_say()
    {
        JsonNode document = JsonNode.Parse(Written)!;
        int examples = 0;
        foreach (JsonNode content in Contents(document["paths"]!).Where(content => content["example"] is not null))
        {
            JsonSchema schema = await OpenApiSchemaReader.ReadAsync(document, content["schema"]!);
            Assert.Empty(schema.Validate(content["example"]!.ToJsonString()));
            examples++;
        }

        Assert.InRange(examples, Operations.All.Count, int.MaxValue);
    }

    private static string Show(string function, IEnumerable<string> methods, string route, bool key) =>
        $"{function} {string.Join(',', methods.Order(StringComparer.Ordinal))} {route} {(key ? "key" : "no key")}";

    /// <summary>Everything below a node that has a schema: bodies of requests and answers, and parameters.</summary>
    private static IEnumerable<JsonNode> Contents(JsonNode node)
    {
        if (node is JsonObject { } own && own["schema"] is not null)
        {
            yield return node;
        }

        IEnumerable<JsonNode?> children = node is JsonObject parent ? parent.Where(child => child.Key is not ("schema" or "example")).Select(child => child.Value) : node as JsonArray ?? [];
        foreach (JsonNode content in children.OfType<JsonNode>().SelectMany(Contents))
        {
            yield return content;
        }
    }
}

using System.Text.Json.Nodes;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>infra/main.bicep as it is deployed: compiled, and evaluated for a deployment with everything that is optional.</summary>
internal static class Template
{
    /// <summary>Parameters of the evaluated deployment.</summary>
    public const string Parameters = "tests/ConferenceFunctions.Tests/Infra/everything.bicepparam";

    /// <summary>The evaluated deployment: the golden file.</summary>
    public const string Snapshot = "tests/ConferenceFunctions.Tests/Infra/everything.snapshot.json";

    private static readonly Lazy<JsonObject> CompiledTemplate = new(Compile);
    private static readonly Lazy<JsonObject[]> PredictedResources = new(() =>
        [.. JsonNode.Parse(Repository.Read(Snapshot))!["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())]);

    /// <summary>The compiled template.</summary>
    public static JsonObject Compiled => CompiledTemplate.Value;

    /// <summary>Every resource of the compiled template and of its modules that is of a type.</summary>
    public static IReadOnlyList<JsonObject> CompiledOf(string type) =>
        [.. CompiledResources(Compiled).Where(resource => IsOf(resource, type) && resource["existing"] is null)];

    /// <summary>Every resource of the evaluated deployment that is of a type.</summary>
    public static IReadOnlyList<JsonObject> PredictedOf(string type) => [.. PredictedResources.Value.Where(resource => IsOf(resource, type))];

    /// <summary>Application settings of the evaluated deployment.</summary>
    public static IReadOnlyDictionary<string, string> AppSettings { get; } = PredictedOf("Microsoft.Web/sites").Single()["properties"]!["siteConfig"]!["appSettings"]!
        .AsArray().ToDictionary(setting => setting!["name"]!.GetValue<string>(), setting => setting!["value"]!.GetValue<string>());

    private static bool IsOf(JsonObject resource, string type) => resource["type"]?.GetValue<string>() == type;

    private static IEnumerable<JsonObject> CompiledResources(JsonObject template)
    {
        foreach (JsonObject resource in template["resources"] is JsonArray list
            ? list.Select(resource => resource!.AsObject())
            : template["resources"]!.AsObject().Select(named => named.Value!.AsObject()))
        {
            yield return resource;
            if (resource["properties"]?["template"] is JsonObject module)
            {
                foreach (JsonObject inner in CompiledResources(module))
                {
                    yield return inner;
                }
            }
        }
    }

    private static JsonObject Compile()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");
        (int exitCode, string output, string errors) = BicepCli.Run("build", "infra/main.bicep", "--stdout");
        Assert.True(exitCode == 0 && errors.Length == 0, errors);
        return JsonNode.Parse(output)!.AsObject();
    }
}

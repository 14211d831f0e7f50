using System.Text.Json.Nodes;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>infra/main.bicep as it is deployed: compiled, and evaluated for a deployment with everything that is optional and for one with nothing of it.</summary>
internal static class Template
{
    private const string Folder = "tests/ConferenceFunctions.Tests/Infra";

    private static readonly Lazy<JsonObject> CompiledTemplate = new(Compile);
    private static readonly Lazy<JsonObject[]> Everything = new(() => Resources("everything"));
    private static readonly Lazy<JsonObject[]> Default = new(() => Resources("default"));

    /// <summary>Parameters of a deployment; beside them is its snapshot, the golden file.</summary>
    /// <param name="deployment"><c>everything</c>, <c>default</c>, or one that fails.</param>
    public static string Parameters(string deployment) => $"{Folder}/{deployment}.bicepparam";

    /// <summary>The compiled template.</summary>
    public static JsonObject Compiled => CompiledTemplate.Value;

    /// <summary>Every resource of the compiled template and of its modules that is of a type.</summary>
    public static IReadOnlyList<JsonObject> CompiledOf(string type) =>
        [.. CompiledResources(Compiled).Where(resource => IsOf(resource, type) && resource["existing"] is null)];

    /// <summary>Every resource of the evaluated deployment with everything that is of a type.</summary>
    public static IReadOnlyList<JsonObject> PredictedOf(string type) => [.. Everything.Value.Where(resource => IsOf(resource, type))];

    /// <summary>Every resource of the evaluated deployment with nothing optional that is of a type.</summary>
    public static IReadOnlyList<JsonObject> DefaultOf(string type) => [.. Default.Value.Where(resource => IsOf(resource, type))];

    /// <summary>Application settings of the evaluated deployment with everything.</summary>
    public static IReadOnlyDictionary<string, string> AppSettings { get; } = Settings(PredictedOf("Microsoft.Web/sites/config"));

    /// <summary>Application settings of the evaluated deployment with nothing optional.</summary>
    public static IReadOnlyDictionary<string, string> DefaultAppSettings { get; } = Settings(DefaultOf("Microsoft.Web/sites/config"));

    private static Dictionary<string, string> Settings(IReadOnlyList<JsonObject> configs) =>
        configs.Single()["properties"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>());

    private static JsonObject[] Resources(string deployment) =>
        [.. JsonNode.Parse(Repository.Read($"{Folder}/{deployment}.snapshot.json"))!["predictedResources"]!.AsArray().Select(resource => resource!.AsObject())];

    private static bool IsOf(JsonObject resource, string type) => resource["type"]?.GetValue<string>() == type;

    private static IEnumerable<JsonObject> CompiledResources(JsonObject template)
    {
        foreach (JsonObject resource in template["resources"] is JsonArray list
            ? list.Select(resource => resource!.AsObject())
            : template["resources"]!.AsObject().Select(named => named.Value!.AsObject()))
        {
            yield return resource;
            if (resource["properties"] is JsonObject properties && properties["template"] is JsonObject module)
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

using System.Text.RegularExpressions;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>The commands of the README that need Azure, checked for form.</summary>
public partial class DeployReadmeTests
{
    // Those that Flex Consumption and the current tools have.
    private static readonly string[] Known =
    [
        "az account show", "az ad app create", "az ad app federated-credential", "az ad signed-in-user show", "az ad sp create", "az deployment sub create", "az deployment sub show",
        "az functionapp deployment source", "az functionapp keys list", "az functionapp restart", "az group delete", "az keyvault purge",
        "az keyvault secret delete", "az keyvault secret set", "az keyvault secret show", "az keyvault show", "az login", "az monitor app-insights query",
        "az role assignment create", "azd auth login", "azd deploy", "azd down", "azd env get-value", "azd env new", "azd env set", "azd provision", "azd up",
    ];

    private static readonly string Deploy = Section("## Deploy");

    [Fact]
    public void Every_command_is_one_that_there_is()
    {
        string[] commands = [.. Command().Matches(Deploy).Select(match => match.Value).Distinct()];

        Assert.All(commands, command => Assert.Contains(Known, known => command == known || command.StartsWith(known + " ", StringComparison.Ordinal)));
        Assert.All(Known, known => Assert.Contains(known, Deploy, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_output_that_is_asked_for_is_one()
    {
        string[] asked = [.. Output().Matches(Deploy).Select(match => match.Groups["name"].Value).Distinct()];

        Assert.Equal(["applicationInsightsName", "baseUrl", "functionAppName", "keyVaultName", "resourceGroupName"], asked.Order(StringComparer.Ordinal));
        Assert.Subset(Template.Compiled["outputs"]!.AsObject().Select(output => output.Key).ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public void Every_variable_that_is_set_is_read()
    {
        string[] set = [.. Variable().Matches(Deploy).Select(match => match.Groups["name"].Value).Distinct()];
        string read = Repository.Read("infra/main.bicepparam") + Repository.Read(".github/workflows/deploy.yml");

        Assert.Contains("ACCEPT_PREVIOUS_CALLBACK_SECRET", set);
        Assert.All(set, name => Assert.Contains(name, read, StringComparison.Ordinal));
    }

    private static string Section(string title)
    {
        string readme = Repository.Read("README.md").ReplaceLineEndings("\n");
        int begin = readme.IndexOf($"\n{title}\n", StringComparison.Ordinal);
        return readme[begin..readme.IndexOf("\n### ", begin, StringComparison.Ordinal)];
    }

    [GeneratedRegex(@"(?<=^|[ (`])(az|azd)( [a-z][a-z-]*)+", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\$\(out (?<name>\w+)\)")]
    private static partial Regex Output();

    [GeneratedRegex(@"(azd env set |gh variable set |export |^)(?<name>[A-Z][A-Z]+_[A-Z_]+)( |=)", RegexOptions.Multiline)]
    private static partial Regex Variable();
}

using System.Text.RegularExpressions;
using ConferenceFunctions.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace ConferenceFunctions.Tests.Infra;

public partial class WorkerFormTests
{
    [Fact]
    public void Program_is_short()
    {
        Assert.True(File.ReadLines(Repository.PathOf("src/ConferenceFunctions/Program.cs")).Count() < 20);
    }

    [Fact]
    public void No_code_depends_on_which_form_is_built()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories))
        {
            Assert.DoesNotMatch(Condition(), File.ReadAllText(file));
        }
    }

    [Fact]
    public void The_workflow_signs_in_without_a_password_and_pins_its_actions()
    {
        string workflow = Repository.Read(".github/workflows/deploy.yml");
        MatchCollection actions = Action().Matches(workflow);

        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Matches("^[0-9a-f]{40}$", action.Groups["version"].Value));
        Assert.Contains("id-token: write", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("AZURE_CREDENTIALS", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("client-secret", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void The_workflow_passes_on_everything_that_a_deployment_takes_from_the_environment()
    {
        string workflow = Repository.Read(".github/workflows/deploy.yml");
        string[] taken = [.. Taken().Matches(Repository.Read("infra/main.bicepparam")).Select(match => match.Groups["name"].Value).Distinct()];

        Assert.Contains("ACCEPT_PREVIOUS_CALLBACK_SECRET", taken);
        Assert.All(taken, name => Assert.Matches($@"\n +{name}: \$\{{\{{ (vars|secrets)\.{name} \}}\}}\r?\n", workflow));
    }

    [Fact]
    public void Azd_finds_the_infrastructure_and_the_app()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read("azure.yaml")));
        YamlNode root = yaml.Documents[0].RootNode;

        Assert.True(File.Exists(Repository.PathOf($"{root["infra"]["path"]}/{root["infra"]["module"]}.bicep")));
        Assert.True(Directory.Exists(Repository.PathOf(root["services"]["app"]["project"].ToString())));
        Assert.Equal("function", root["services"]["app"]["host"].ToString());
        Assert.Equal("app", Template.PredictedOf("Microsoft.Web/sites").Single()["tags"]!["azd-service-name"]!.GetValue<string>());
    }

    [GeneratedRegex(@"^\s*#(if|elif|define)\b", RegexOptions.Multiline)]
    private static partial Regex Condition();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>\w+)'")]
    private static partial Regex Taken();

    [GeneratedRegex(@"uses:\s*(?<action>\S+)@(?<version>\S+)")]
    private static partial Regex Action();
}

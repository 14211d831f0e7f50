using System.Text.Json.Nodes;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

public class BicepTests
{
    [Fact]
    public void The_linter_finds_nothing()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        Assert.Equal((0, "", ""), BicepCli.Run("lint", "--pattern", "infra/**/*.bicep"));
    }

    [Fact]
    public void Every_file_is_formatted()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");
        string copies = Directory.CreateTempSubdirectory("bicep").FullName;
        string[] files = Directory.GetFiles(Repository.PathOf("infra"), "*.bicep", SearchOption.AllDirectories);
        try
        {
            // By name: two modules of one name would be one module too many.
            Array.ForEach(files, file => File.Copy(file, Path.Combine(copies, Path.GetFileName(file))));

            BicepCli.Run("format", "--pattern", Path.Combine(copies, "*.bicep"));

            Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(copies, Path.GetFileName(file))), File.ReadAllText(file)));
        }
        finally
        {
            Directory.Delete(copies, recursive: true);
        }
    }

    [Fact]
    public void The_parameters_that_are_given_by_the_environment_fit()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        (int exitCode, _, string errors) = BicepCli.Run("build-params", "infra/main.bicepparam", "--stdout");

        Assert.Equal((0, ""), (exitCode, errors));
    }

    [Theory]
    [InlineData("everything")]
    [InlineData("default")]
    public void What_is_deployed_is_what_the_snapshot_says(string deployment)
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        (int exitCode, string output, string errors) = BicepCli.Run([.. Snapshot(deployment), "validate"]);

        Assert.True(exitCode == 0, $"""
            The infrastructure has changed. If it was meant to, run the command below in the top-level folder, look at the difference, and commit it:

            {BicepCli.PackagedPath} {string.Join(' ', Snapshot(deployment))} overwrite

            {output}{errors}
            """);
    }

    [Fact]
    public void A_part_of_what_the_API_of_SignalWire_takes_is_not_deployed()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        (int exitCode, string output, string errors) = BicepCli.Run([.. Snapshot("incomplete"), "validate"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("spaceUrl, projectId and apiToken go together", output + errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("", "false", null)]
    [InlineData("false", "false", null)]
    [InlineData("true", "true", true)]
    [InlineData("True", "true", true)]
    public void What_an_earlier_deployment_put_into_the_vault_is_used_on(string? said, string? previous, bool? expected)
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        (_, string output, _) = BicepCli.RunWith(
            new() { ["VERIFY_SIGNATURES"] = said, ["USE_SIGNALWIRE_API"] = said, ["ACCEPT_PREVIOUS_CALLBACK_SECRET"] = previous },
            "build-params", "infra/main.bicepparam", "--stdout");

        JsonNode parameters = JsonNode.Parse(JsonNode.Parse(output)!["parametersJson"]!.GetValue<string>())!["parameters"]!;
        Assert.Equal(expected, parameters["verifySignatures"]!["value"]?.GetValue<bool>());
        Assert.Equal(expected, parameters["useSignalWireApi"]!["value"]?.GetValue<bool>());
        Assert.Equal(previous == "true", parameters["acceptPreviousCallbackSecret"]!["value"]!.GetValue<bool>());
    }

    private static string[] Snapshot(string deployment) =>
    [
        "snapshot", Template.Parameters(deployment), "--subscription-id", "00000000-0000-0000-0000-000000000001",
        "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "eastus", "--mode",
    ];
}

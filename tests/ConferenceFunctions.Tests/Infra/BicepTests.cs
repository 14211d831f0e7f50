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

    [Fact]
    public void What_is_deployed_is_what_the_snapshot_says()
    {
        Assert.SkipUnless(BicepCli.IsSupported, "The Bicep CLI of the package is for Linux on x64.");

        string[] arguments =
        [
            "snapshot", Template.Parameters, "--subscription-id", "00000000-0000-0000-0000-000000000001",
            "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "eastus", "--mode",
        ];
        (int exitCode, string output, string errors) = BicepCli.Run([.. arguments, "validate"]);

        Assert.True(exitCode == 0, $"""
            The infrastructure has changed. If it was meant to, run the command below in the top-level folder, look at the difference, and commit it:

            {BicepCli.PackagedPath} {string.Join(' ', arguments)} overwrite

            {output}{errors}
            """);
    }
}

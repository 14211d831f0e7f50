using System.Diagnostics;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Build;

public class PublishTests
{
    [Fact]
    public async Task The_stand_in_can_not_be_published_and_the_error_says_what_to_do()
    {
        // With output of its own, whatever form this checkout is built in.
        DirectoryInfo artifacts = Directory.CreateTempSubdirectory("artifacts-");
        var start = new ProcessStartInfo("dotnet", ["publish", "src/ConferenceFunctions", "-p:UseFunctionsWorker=false", $"-p:ArtifactsPath={artifacts.FullName}", "-nodeReuse:false"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await errors;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(1, process.ExitCode);
            Assert.Contains("error CF0002", output, StringComparison.Ordinal);
            Assert.Contains("delete the folder artifacts/worker-probe", output, StringComparison.Ordinal);
        }
        finally
        {
            artifacts.Delete(recursive: true);
        }
    }
}

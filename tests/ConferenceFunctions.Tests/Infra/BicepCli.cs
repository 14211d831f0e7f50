using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>Runs the Bicep CLI of the NuGet package.</summary>
internal static class BicepCli
{
    /// <summary>The CLI in the package cache.</summary>
    public static string PackagedPath { get; } =
        typeof(BicepCli).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BicepPath").Value!;

    private static readonly Lazy<string> Executable = new(MakeExecutable);

    /// <summary>Whether the CLI of the package runs on this machine.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64;

    /// <summary>Runs the CLI to its end in the top-level folder.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments) => RunWith([], arguments);

    /// <summary>Runs the CLI to its end in the top-level folder, with these environment variables.</summary>
    public static (int ExitCode, string Output, string Errors) RunWith(Dictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable.Value, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The CLI needs no cultures, and a bare machine has none.
        start.Environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1";
        start.Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"] = Path.Combine(AppContext.BaseDirectory, "bicep-extract");
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string errors = "";
        process.ErrorDataReceived += (_, line) => errors += line.Data is null ? "" : line.Data + "\n";
        process.BeginErrorReadLine();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors);
    }

    // A package cache keeps no permissions, and belongs to others as well: what is run is a copy.
    private static string MakeExecutable()
    {
        string copy = Path.Combine(AppContext.BaseDirectory, "bicep");
        string draft = copy + "." + Environment.ProcessId;
        File.Copy(PackagedPath, draft, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Move(draft, copy, overwrite: true);
        return copy;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;

namespace ConferenceFunctions.LocalHost.Azurite;

/// <summary>Installs Azurite, in the version that eng/azurite pins, on first use.</summary>
public static class AzuriteInstallation
{
    private const string Source = "azurite";
    private const string Lock = "package-lock.json";
    private const string Done = "installed";

    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(15);

    /// <summary>Where it keeps its installation and data.</summary>
    public static string Directory { get; } =
        typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "AzuriteDirectory").Value!;

    /// <summary>Installs Azurite unless it is installed. Several processes may do so at a time.</summary>
    /// <param name="progress">Is told when there is something to install, and from time to time that it goes on.</param>
    /// <param name="cancellationToken">Cancels the installation.</param>
    /// <returns>The script that runs it.</returns>
    /// <exception cref="LocalHostException">Node.js or npm is missing, or npm fails.</exception>
    public static async Task<string> EnsureAsync(Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        string source = Path.Combine(AppContext.BaseDirectory, Source);
        string version = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(source, Lock), cancellationToken)))[..12];
        string target = Path.Combine(Directory, version);
        if (!File.Exists(Path.Combine(target, Done)))
        {
            System.IO.Directory.CreateDirectory(target);
            Task<FileStream> locking = LockAsync(Path.Combine(target, "lock"), cancellationToken);
            await TellAsync(locking, "Another process installs Azurite", progress);
            await using FileStream alone = await locking;
            if (!File.Exists(Path.Combine(target, Done)))
            {
                progress("Installing Azurite, the storage emulator (once, about a minute) ...");
                Copy(source, target);
                await TellAsync(RunNpmAsync(target, cancellationToken), "Still installing", progress);
                await File.WriteAllTextAsync(Path.Combine(target, Done), "", cancellationToken);
            }
        }

        // The script may be newer than the packages.
        Copy(source, target);
        return Path.Combine(target, "azurite.js");
    }

    private static async Task TellAsync(Task work, string what, Action<string> progress)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (await Task.WhenAny(work, Task.Delay(ProgressInterval)) != work)
        {
            progress($"{what} ({TimeProvider.System.GetElapsedTime(start).TotalSeconds:F0} s) ...");
        }

        await work;
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(MaxWait);
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), timeout.Token);
            }
        }
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in System.IO.Directory.GetFiles(source))
        {
            string copy = Path.Combine(target, Path.GetFileName(file));
            if (!File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(File.ReadAllBytes(file)))
            {
                File.Copy(file, copy, overwrite: true);
            }
        }
    }

    private static async Task RunNpmAsync(string directory, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList = { "ci", "--no-audit", "--no-fund", "--no-progress" },
        };
        try
        {
            using Process npm = Process.Start(start)!;
            npm.StandardInput.Close();
            Task<string> output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
            string errors = await npm.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await npm.WaitForExitAsync(cancellationToken);
            if (npm.ExitCode != 0)
            {
                string reason = errors.Split('\n').FirstOrDefault(line => line.Contains("npm error", StringComparison.OrdinalIgnoreCase)) ?? $"exit code {npm.ExitCode}";
                throw new LocalHostException($"npm could not install Azurite ({reason.Trim()}). Check the connection to the npm registry, or give --storage <connection string>.");
            }
        }
        catch (Win32Exception exception)
        {
            throw new LocalHostException(
                "Node.js with npm is missing, and Azurite, the storage emulator, needs it. Install Node.js 20 or later, or give --storage <connection string>.", exception);
        }
    }
}

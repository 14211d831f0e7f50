using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace ConferenceFunctions.LocalHost.Azurite;

/// <summary>
/// A running Azurite. It ends when its standard input is closed: when this object is disposed of, or this process ends, however it
/// ends.
/// </summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Dictionary<string, Uri> _services = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();

    private AzuriteProcess(Process process) => _process = process;

    /// <summary>Where its blob service listens.</summary>
    public Uri Blob => _services["Blob"];

    /// <summary>Where its queue service listens.</summary>
    public Uri Queue => _services["Queue"];

    /// <summary>Where its table service listens.</summary>
    public Uri Table => _services["Table"];

    /// <summary>Starts Azurite and waits until its three services listen.</summary>
    /// <param name="script">The script of <see cref="AzuriteInstallation.EnsureAsync"/>.</param>
    /// <param name="arguments">Arguments for Azurite, besides those that today's SDKs and privacy need.</param>
    /// <param name="environment">Environment variables on top of this process's.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="LocalHostException">Node.js is missing, or Azurite does not start.</exception>
    public static async Task<AzuriteProcess> StartAsync(
        string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, CancellationToken cancellationToken = default)
    {
        ProcessStartInfo start = new("node", [script, "--skipApiVersionCheck", "--disableTelemetry", "--silent", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var azurite = new AzuriteProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        try
        {
            await azurite.StartAsync(cancellationToken);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _process.Dispose();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new LocalHostException($"Azurite did not start: {Cause()}"));
        try
        {
            _process.Start();
        }
        catch (Win32Exception exception)
        {
            throw new LocalHostException(
                "Node.js is missing, and Azurite, the storage emulator, needs it. Install Node.js 20 or later, or give --storage <connection string>.", exception);
        }

        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            await _ready.Task.WaitAsync(StartTimeout, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new LocalHostException($"Azurite does not start: {Cause()}", exception);
        }
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (Listening().Match(line) is { Success: true } match)
        {
            _services[match.Groups["service"].Value] = new Uri(match.Groups["url"].Value);
            if (_services.Count == 3)
            {
                _ready.TrySetResult();
            }
        }
    }

    /// <summary>The first line that names an error; what follows is where in its code it came from.</summary>
    private string Cause()
    {
        lock (_output)
        {
            string[] lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return Array.Find(lines, line => line.Contains("Error", StringComparison.Ordinal)) ?? lines.LastOrDefault("it says nothing");
        }
    }

    [GeneratedRegex(@"Azurite (?<service>\w+) service (is )?successfully listen(s|ing) (at|on) (?<url>\S+)")]
    private static partial Regex Listening();
}

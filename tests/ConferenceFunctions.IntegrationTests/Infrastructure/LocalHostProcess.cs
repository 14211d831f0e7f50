using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>LocalHost as a process of its own, which can be killed.</summary>
public sealed class LocalHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _output = new();

    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private LocalHostProcess(Process process) => _process = process;

    /// <summary>Everything that it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Environment variables: settings.</param>
    public static LocalHostProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        string[] command = [Dotnet, Path.Combine(AppContext.BaseDirectory, "ConferenceFunctions.LocalHost.dll"), .. arguments];
        ProcessStartInfo start = IsInterruptIgnored() ? new("env", ["--default-signal=INT", .. command]) : new(command[0], command[1..]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["AzureFunctionsJobHost__extensions__queues__maxPollingInterval"] = "00:00:00.100";
        start.Environment["LocalHost__Lease"] = "00:00:05";
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var host = new LocalHostProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        host._process.OutputDataReceived += (_, line) => host.Read(line.Data);
        host._process.ErrorDataReceived += (_, line) => host.Read(line.Data);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>Waits until it takes requests.</summary>
    /// <returns>Its base URL.</returns>
    public async Task<string> ReadyAsync()
    {
        Task ended = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience) == _ready.Task, Output);
        return await _ready.Task;
    }

    /// <summary>The URL that a document has its conference events posted to.</summary>
    public static async Task<Uri> CallbackUrlAsync(HttpClient client, string baseUrl)
    {
        string document = await client.GetStringAsync(new Uri($"{baseUrl}/api/documents/room"), TestContext.Current.CancellationToken);
        string swml = await client.GetStringAsync(new Uri(JsonNode.Parse(document)!["swml_url"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        return new Uri(JsonNode.Parse(swml)!["sections"]!["main"]![0]!["join_conference"]!["status_callback"]!.GetValue<string>());
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan? patience = null)
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(patience ?? Patience);
        return _process.ExitCode;
    }

    /// <summary>Ends it at once, whatever it is doing: SIGKILL.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return ExitAsync();
    }

    /// <summary>Sends it a signal, by name: INT, TERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.StartsWith("Ready: ", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult(line["Ready: ".Length..]);
        }
    }

    /// <summary>Whether Ctrl+C does nothing here, as in a job that a shell's script started in the background: a child would inherit that.</summary>
    private static bool IsInterruptIgnored()
    {
        const string Ignored = "SigIgn:";
        const ulong Interrupt = 1UL << 1;
        string? mask = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return mask is not null && (ulong.Parse(mask[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}

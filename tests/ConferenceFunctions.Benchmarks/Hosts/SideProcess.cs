using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>A side in a process of its own, as seen from outside.</summary>
internal sealed class SideProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(40);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _output = [];

    private SideProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Its URLs, with tokens.</summary>
    public PublicUrls Urls { get; private set; } = null!;

    /// <summary>Bytes of it that are in memory now.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a side and waits until it takes requests.</summary>
    /// <param name="side">Which.</param>
    /// <param name="storage">Connection string of its storage account; null where it needs none.</param>
    /// <param name="settings">Its settings, as environment variables.</param>
    public static async Task<SideProcess> StartAsync(Side side, string? storage, params IEnumerable<(string Name, string Value)> settings)
    {
        ProcessStartInfo start = new("dotnet", [typeof(SideProcess).Assembly.Location, Program.ServeCommand, side.ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[StorageNames.Connection] = storage;
        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new SideProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        process.Start();
        string baseUrl = await process._ready.Task;
        process.BaseUrl = new Uri(baseUrl);
        var tokens = new CapabilityTokens(Options.Create(new AuthOptions { CallbackSecret = AuthOptions.SampleSecret }));
        process.Urls = new PublicUrls(Options.Create(new PublicUrlOptions { PublicBaseUrl = baseUrl }), tokens);
        return process;
    }

    /// <summary>What it has used since it started.</summary>
    public async Task<HostStatistics> StatisticsAsync() =>
        JsonSerializer.Deserialize(await AskAsync(SideServer.Statistics), HostStatisticsJson.Default.HostStatistics)!;

    /// <summary>Has it do what its side can do beside HTTP.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> DoAsync(params string[] arguments) =>
        TimeSpan.FromMilliseconds(double.Parse(await AskAsync(string.Join(' ', arguments)), CultureInfo.InvariantCulture));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Start()
    {
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => Ended();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _answers.Reader.ReadAsync();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        if (line.StartsWith(SideServer.Answer, StringComparison.Ordinal))
        {
            _answers.Writer.TryWrite(line[SideServer.Answer.Length..]);
        }
        else if (line.StartsWith(SideServer.Ready, StringComparison.Ordinal))
        {
            _ready.TrySetResult(line[SideServer.Ready.Length..]);
        }
        else
        {
            _output.Enqueue(line);
        }
    }

    private void Ended()
    {
        var failure = new InvalidOperationException($"The process of a side ended: {string.Join(Environment.NewLine, _output.TakeLast(20))}");
        _ready.TrySetException(failure);
        _answers.Writer.TryComplete(failure);
    }
}

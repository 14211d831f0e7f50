using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ConferenceFunctions.Benchmarks.Limits;
using ConferenceFunctions.Benchmarks.Plain;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.LocalHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>
/// The process of a side. It answers each line on its standard input with one on its standard output: <c>statistics</c> with what it
/// has used, any other with how long the side took for it, in milliseconds. It ends when its standard input does.
/// </summary>
internal static class SideServer
{
    /// <summary>What a line begins with by which it says where it listens.</summary>
    public const string Ready = "Ready: ";

    /// <summary>What a line begins with that is an answer.</summary>
    public const string Answer = "= ";

    /// <summary>The command for <see cref="HostStatistics"/>.</summary>
    public const string Statistics = "statistics";

    private const string AnyPort = "http://127.0.0.1:0";

    /// <summary>Runs a side; its settings are environment variables.</summary>
    public static async Task RunAsync(Side side)
    {
        IConfiguration settings = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        using var requests = new StorageRequests();
        RunningSide running = await StartAsync(side, settings);
        await using (running.Host)
        {
            Console.WriteLine(Ready + running.BaseUrl);
            while (await Console.In.ReadLineAsync() is { } command)
            {
                Console.WriteLine(Answer + (command == Statistics ? Tell(requests) : await DoAsync(running, command)));
            }
        }
    }

    private static string Tell(StorageRequests requests) => JsonSerializer.Serialize(
        new HostStatistics(Environment.CpuUsage.TotalTime.TotalMicroseconds, GC.GetTotalAllocatedBytes(precise: true), requests.ByPort),
        HostStatisticsJson.Default.HostStatistics);

    private static async Task<string> DoAsync(RunningSide side, string command)
    {
        long start = Stopwatch.GetTimestamp();
        await side.CommandAsync!(command.Split(' '));
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<RunningSide> StartAsync(Side side, IConfiguration settings)
    {
        switch (side)
        {
            case Side.Ours:
                return await StartOursAsync(null);
            case Side.OursWithoutStorage:
                return await StartOursAsync(await AcceptingQueue.StartAsync());
            case Side.Plain:
                var plain = await PlainHost.StartAsync(AnyPort, new Dictionary<string, string?>());
                return new RunningSide(plain.BaseUrl, plain);
            case Side.ReadAndDrop:
                return await BareHost.StartAsync(AnyPort, BareHost.ReadAndDrop);
            case Side.ConstantBytes:
                return await BareHost.StartAsync(AnyPort, BareHost.Constant(Convert.FromBase64String(settings["BENCHMARK_BODY"]!)));
            case Side.BareCopy:
                return await BareHost.StartAsync(AnyPort, BareHost.ReadAndDrop) with { CommandAsync = new BareCopy(settings[StorageNames.Connection]!).CopyAsync };
            case Side.AudioSource:
                return await BareHost.StartAsync(AnyPort, AudioSource.SendAsync);
            default:
                throw new ArgumentOutOfRangeException(nameof(side));
        }
    }

    private static async Task<RunningSide> StartOursAsync(AcceptingQueue? queue)
    {
        LocalHostApp app = await LocalHostApp.StartAsync(
            new LocalHostOptions { Urls = AnyPort, Storage = queue?.ConnectionString }, Console.WriteLine, CancellationToken.None);
        RecordingArchiver archiver = app.Services.GetRequiredService<RecordingArchiver>();
        return new RunningSide(app.BaseUrl, app, arguments => Task.WhenAll(arguments.Chunk(2).Select(recording =>
            archiver.ArchiveAsync(new RecordingJob(recording[0], recording[1]), CancellationToken.None))));
    }
}

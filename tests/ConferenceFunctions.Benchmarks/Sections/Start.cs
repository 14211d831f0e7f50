using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>From the start of the process to the answer, both published ReadyToRun: a stored document, and the answer of an empty app.</summary>
internal static class Start
{
    private const int Starts = 7;
    private const string App = "ConferenceFunctions.LocalHost";
    private const string Empty = "ConferenceFunctions.Benchmarks.Empty";

    private static readonly string Repository = Path.GetFullPath(
        typeof(Start).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(attribute => attribute.Key == "RepositoryRoot").Value!);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        string storage = await context.Azurite.NewAccountAsync();
        await StoreDocumentAsync(storage);
        string app = await PublishAsync($"src/{App}", App, context);
        string empty = await PublishAsync("tests/ConferenceFunctions.Benchmarks/Empty", Empty, context);
        int port = FreePort();
        var tokens = new CapabilityTokens(Options.Create(new AuthOptions { CallbackSecret = AuthOptions.SampleSecret }));
        var urls = new PublicUrls(Options.Create(new PublicUrlOptions { PublicBaseUrl = $"http://127.0.0.1:{port}" }), tokens);

        var sample = new Sample();
        for (int i = 0; i < context.Rounds.Of(Starts) + 1; i++)
        {
            double ours = await StartAsync(app, port, new Uri(urls.Swml(ConferenceScript.Document)), storage);
            double limit = await StartAsync(empty, port, new Uri($"http://127.0.0.1:{port}/"), storage);
            context.Progress($"first answer after {ours:N0} ms, of the empty app after {limit:N0} ms");
            // The first one of each finds nothing in the file cache.
            if (i > 0)
            {
                sample.Add("ours", ours);
                sample.Add("limit", limit);
            }
        }

        return
        [
            new Figure("process start to first SWML byte of a stored document", Format.Time(sample["ours"]), "", Format.Time(sample["limit"]))
            {
                Targets = [Target.AtMost(sample["ours"], sample["limit"], 2.5, "empty ASP.NET Core app")],
            },
        ];
    }

    private static async Task StoreDocumentAsync(string storage)
    {
        await using SideProcess host = await SideProcess.StartAsync(Side.Ours, storage);
        using var http = new HttpClient();
        using var content = new StringContent(Documents.Stored, Encoding.UTF8, "application/yaml");
        (await http.PutAsync(new Uri(host.BaseUrl, $"api/documents/{ConferenceScript.Document}"), content)).EnsureSuccessStatusCode();
    }

    /// <summary>Publishes a program.</summary>
    /// <returns>Its executable.</returns>
    private static async Task<string> PublishAsync(string project, string name, BenchmarkContext context)
    {
        context.Progress($"publishing {name}");
        string output = Path.Combine(Repository, "artifacts", "benchmarks", name);
        ProcessStartInfo start = new(
            "dotnet",
            ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", output])
        {
            WorkingDirectory = Repository,
            RedirectStandardOutput = true,
        };
        using Process publish = Process.Start(start)!;
        string log = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? Path.Combine(output, name) : throw new InvalidOperationException($"{project} can't be published: {log}");
    }

    private static async Task<double> StartAsync(string executable, int port, Uri url, string storage)
    {
        ProcessStartInfo start = new(executable, ["--urls", $"http://127.0.0.1:{port}"])
        {
            WorkingDirectory = Path.GetDirectoryName(executable),
            RedirectStandardOutput = true,
        };
        start.Environment[StorageNames.Connection] = storage;
        start.Environment[$"{AuthOptions.Section}__{nameof(AuthOptions.CallbackSecret)}"] = AuthOptions.SampleSecret;
        byte[] request = StampedRequest.Get(url).Copy();
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        try
        {
            using LoadConnection connection = await ConnectAsync(url, process);
            int status = await connection.SendAsync(request);
            return status == 200 ? Stopwatch.GetElapsedTime(begin).TotalMilliseconds : throw new InvalidOperationException($"{executable} answered {status}.");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<LoadConnection> ConnectAsync(Uri url, Process process)
    {
        while (!process.HasExited)
        {
            try
            {
                return await LoadConnection.OpenAsync(url);
            }
            catch (SocketException)
            {
                await Task.Delay(1);
            }
        }

        throw new InvalidOperationException($"{process.StartInfo.FileName} ended: {await process.StandardOutput.ReadToEndAsync()}");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}

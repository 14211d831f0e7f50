using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>Documents: a stored one, warm, by GET, and by POST with the call in its body as SignalWire sends it.</summary>
internal static class Documents
{
    private const double WarmUpSeconds = 3;
    private const double Seconds = 2;
    private const int Connections = 64;

    /// <summary>The document.</summary>
    public const string Stored = """
        version: 1.0.0
        sections:
          main:
            - join_conference:
                name: team_meeting
                start_on_enter: false
                record: record-from-start
            - switch:
                variable: join_conference_result
                case:
                  completed:
                    - hangup
                default:
                  - play:
                      url: "say:Sorry, the conference is not available."
                  - hangup
        """;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        string storage = await context.Azurite.NewAccountAsync();
        await using SideProcess ours = await SideProcess.StartAsync(
            Side.Ours, storage, ("AzureWebJobs.ApplyCallbacks.Disabled", "1"), ("AzureWebJobs.ArchiveRecording.Disabled", "1"));
        using var http = new HttpClient();
        using var content = new StringContent(Stored, Encoding.UTF8, "application/yaml");
        (await http.PutAsync(new Uri(ours.BaseUrl, $"api/documents/{ConferenceScript.Document}"), content)).EnsureSuccessStatusCode();
        string url = ours.Urls.Swml(ConferenceScript.Document);
        byte[] body = await http.GetByteArrayAsync(new Uri(url));
        await using SideProcess limit = await SideProcess.StartAsync(Side.ConstantBytes, null, ("BENCHMARK_BODY", Convert.ToBase64String(body)));

        var sample = new Sample();
        (string Name, SideProcess Process, StampedRequest Request)[] measured =
        [
            ("ours GET", ours, StampedRequest.Get(new Uri(url))),
            ("limit GET", limit, StampedRequest.Get(new Uri(limit.Urls.Swml(ConferenceScript.Document)))),
            ("ours POST", ours, StampedRequest.Post(new Uri(url), Call())),
            ("limit POST", limit, StampedRequest.Post(new Uri(limit.Urls.Swml(ConferenceScript.Document)), Call())),
        ];
        foreach ((_, SideProcess process, StampedRequest request) in measured)
        {
            await HttpLoad.RunAsync(process.BaseUrl, request, Connections, context.Rounds.Lasting(WarmUpSeconds));
        }

        for (int round = 0; round < context.Rounds.Count; round++)
        {
            foreach ((string name, SideProcess process, StampedRequest request) in Rounds.Alternating(measured, round))
            {
                HostStatistics before = await process.StatisticsAsync();
                LoadResult load = await HttpLoad.RunAsync(process.BaseUrl, request, Connections, context.Rounds.Lasting(Seconds));
                HostStatistics used = (await process.StatisticsAsync()).Since(before);
                await BenchmarkAzurite.RenewAsync(storage);
                context.Progress($"{name}: {load.PerSecond:N0} documents/s, p99 {load.P99.TotalMilliseconds:0.00} ms, {used.AllocatedBytes / load.Count:N0} bytes, {load.Failures} refused");
                sample.Add($"{name} rate", load.PerSecond);
                sample.Add($"{name} p99", load.P99.TotalMilliseconds);
                sample.Add($"{name} bytes", (double)used.AllocatedBytes / load.Count);
            }
        }

        return [.. Figures("GET", sample, hasTargets: true), .. Figures("POST", sample, hasTargets: false)];
    }

    private static IEnumerable<Figure> Figures(string method, Sample sample, bool hasTargets)
    {
        (double Ours, double Limit) Pair(string what) => (sample[$"ours {method} {what}"], sample[$"limit {method} {what}"]);
        (double rate, double limitRate) = Pair("rate");
        (double p99, double limitP99) = Pair("p99");
        (double bytes, double limitBytes) = Pair("bytes");
        string name = method == "POST" ? "by POST, with who called put into the queue" : "by GET";
        yield return new Figure($"SWML documents/s, warm, {name}, {Connections} connections", Format.Short(rate), "", Format.Short(limitRate))
        {
            Targets = [hasTargets ? Target.AtLeast(rate, limitRate, 0.8, "limit") : Target.Told(rate, limitRate, "limit")],
        };
        yield return new Figure("– p99", Format.Time(p99), "", Format.Time(limitP99)) { Targets = [Target.Told(p99, limitP99, "limit")] };
        yield return new Figure("– bytes allocated per answer", Format.Bytes(bytes), "", Format.Bytes(limitBytes))
        {
            Targets = hasTargets ? [Target.AtMost(bytes - limitBytes, 1024, "bytes more")] : [],
        };
    }

    private static string Call() => new JsonObject
    {
        ["call"] = new JsonObject
        {
            ["call_id"] = $"a2c4e6f8-0000-4000-8000-000000{StampedRequest.Placeholder}",
            ["node_id"] = "6b706dc1-06ce-41e4-8ad1-2f1ef0ca9b4d@us-east",
            ["segment_id"] = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69",
            ["call_state"] = "created",
            ["direction"] = "inbound",
            ["type"] = "phone",
            ["from"] = "+15551230001",
            ["to"] = "+15551230002",
            ["project_id"] = "11111111-2222-3333-4444-555555555555",
            ["space_id"] = "66666666-7777-8888-9999-000000000000",
        },
        ["vars"] = new JsonObject(),
    }.ToJsonString();
}

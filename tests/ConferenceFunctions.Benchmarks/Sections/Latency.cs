using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Benchmarks.Plain;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>From posting an event until its row can be read, one event at a time and at a steady rate.</summary>
internal static class Latency
{
    private const int IdleEvents = 40;
    private const int EventsPerSecond = 200;
    private const double LoadSeconds = 4;
    private const int Conferences = 4;
    private const int Connections = 32;
    private const int WatchEvery = 4;

    // Longer than the pause between two looks at the queue, so that an event falls anywhere into it.
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(150);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        var sample = new Sample();
        await using EventSide ours = await EventSide.StartAsync(Side.Ours, context.Azurite);
        await using EventSide plain = await EventSide.StartAsync(Side.Plain, context.Azurite);
        EventSide[] sides = [ours, plain];
        foreach (EventSide side in sides)
        {
            await LoadedAsync(side, context.Rounds.Lasting(LoadSeconds));
            await side.RenewAsync();
        }

        for (int round = 0; round < context.Rounds.Count; round++)
        {
            foreach (EventSide side in Rounds.Alternating(sides, round))
            {
                Add("idle", side, await IdleAsync(side, context.Rounds.Of(IdleEvents), new Random(round)), sample, context);
                await side.RenewAsync();
                Add("loaded", side, await LoadedAsync(side, context.Rounds.Lasting(LoadSeconds)), sample, context);
                await side.RenewAsync();
            }
        }

        return [.. Figures("idle", "idle", sample), .. Figures("loaded", $"at {EventsPerSecond}/s", sample)];
    }

    private static void Add(string kind, EventSide side, double[] milliseconds, Sample sample, BenchmarkContext context)
    {
        Array.Sort(milliseconds);
        double p50 = milliseconds[milliseconds.Length / 2];
        double p99 = milliseconds[(int)Math.Ceiling(milliseconds.Length * 0.99) - 1];
        context.Progress($"{side.Side}, {kind}: p50 {p50:0.0} ms, p99 {p99:0.0} ms of {milliseconds.Length}");
        sample.Add($"{side.Side} {kind} p50", p50);
        sample.Add($"{side.Side} {kind} p99", p99);
    }

    private static async Task<double[]> IdleAsync(EventSide side, int count, Random random)
    {
        string conference = Guid.NewGuid().ToString();
        double[] milliseconds = new double[count];
        using LoadConnection connection = await LoadConnection.OpenAsync(side.Process.BaseUrl);
        IReadOnlyList<string> events = ConferenceScript.Events(conference, Math.Max(20, count));
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await connection.SendAsync(StampedRequest.PostOf(side.CallbackUrl, events[i]));
            await side.WaitForRowAsync(conference, RowKey(side.Side, events[i]));
            milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            await Task.Delay(MaxPause * random.NextDouble());
        }

        return milliseconds;
    }

    /// <summary>Posts at a steady rate, whatever the answers take; the time of an event counts from when it was due.</summary>
    private static async Task<double[]> LoadedAsync(EventSide side, TimeSpan duration)
    {
        string[] conferences = [.. Enumerable.Range(0, Conferences).Select(_ => Guid.NewGuid().ToString())];
        int count = (int)(duration.TotalSeconds * EventsPerSecond);
        IReadOnlyList<string>[] events = [.. conferences.Select(conference => ConferenceScript.Events(conference, (count / Conferences) + 1))];
        LoadConnection[] connections = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => LoadConnection.OpenAsync(side.Process.BaseUrl)));
        long start = Stopwatch.GetTimestamp();
        double[][] milliseconds = await Task.WhenAll(connections.Select((connection, first) => Task.Run(async () =>
        {
            List<Task<double>> watched = [];
            for (int i = first; i < count; i += Connections)
            {
                TimeSpan due = TimeSpan.FromSeconds((double)i / EventsPerSecond);
                TimeSpan early = due - Stopwatch.GetElapsedTime(start);
                await Task.Delay(early > TimeSpan.Zero ? early : TimeSpan.Zero);
                string body = events[i % Conferences][i / Conferences];
                await connection.SendAsync(StampedRequest.PostOf(side.CallbackUrl, body));
                if (i / Connections % WatchEvery == 0)
                {
                    watched.Add(WatchAsync(conferences[i % Conferences], body, due));
                }
            }

            return await Task.WhenAll(watched);
        })));
        Array.ForEach(connections, connection => connection.Dispose());
        return [.. milliseconds.SelectMany(part => part)];

        async Task<double> WatchAsync(string conference, string body, TimeSpan due)
        {
            await side.WaitForRowAsync(conference, RowKey(side.Side, body));
            return (Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }

    private static string RowKey(Side side, string body) => side == Side.Plain
        ? PlainTable.EventKey(JsonSerializer.Deserialize(body, PlainJson.Default.PlainCallback)!)
        : CallbackParser.TryParse(Encoding.UTF8.GetBytes(body), CallbackKind.Conference, out ConferenceEvent? e, out string? fault)
            ? EventKey.Of(e)
            : throw new FormatException(fault);

    private static IEnumerable<Figure> Figures(string kind, string name, Sample sample)
    {
        (double ours, double plain) = (sample[$"{Side.Ours} {kind} p50"], sample[$"{Side.Plain} {kind} p50"]);
        yield return new Figure($"event posted to row visible, {name}, p50", Format.Time(ours), Format.Time(plain)) { Targets = [Target.AtMost(ours, plain, 1.15, "plain")] };
        (ours, plain) = (sample[$"{Side.Ours} {kind} p99"], sample[$"{Side.Plain} {kind} p99"]);
        yield return new Figure("– p99", Format.Time(ours), Format.Time(plain)) { Targets = [Target.Told(ours, plain, "plain")] };
    }
}

using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>
/// Acknowledgements: callbacks over 1, 16, 64 and 256 connections against the app, against one put a request, and against reading
/// alone. Nothing is applied meanwhile, and every measurement begins with an empty queue.
/// </summary>
internal static class Intake
{
    private const double WarmUpSeconds = 12;
    private const double Seconds = 2;

    private static readonly int[] Connections = [1, 16, 64, 256];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        var sample = new Sample();
        List<IntakeSide> sides = [];
        try
        {
            sides.Add(await IntakeSide.StartAsync(Side.Ours, await context.Azurite.NewAccountAsync()));
            sides.Add(await IntakeSide.StartAsync(Side.Plain, await context.Azurite.NewAccountAsync()));
            sides.Add(await IntakeSide.StartAsync(Side.OursWithoutStorage, null));
            sides.Add(await IntakeSide.StartAsync(Side.ReadAndDrop, null));
            foreach (IntakeSide side in sides)
            {
                await side.LoadAsync(64, context.Rounds.Lasting(WarmUpSeconds));
            }

            for (int round = 0; round < context.Rounds.Count; round++)
            {
                foreach (int connections in Connections)
                {
                    foreach (IntakeSide side in Rounds.Alternating(sides, round))
                    {
                        await MeasureAsync(side, connections, sample, context);
                    }
                }
            }
        }
        finally
        {
            await Task.WhenAll(sides.Select(side => side.DisposeAsync().AsTask()));
        }

        return [.. Connections.SelectMany(connections => Figures(connections, sample)), WithoutStorage(sample), .. Cost(sample)];
    }

    private static async Task MeasureAsync(IntakeSide side, int connections, Sample sample, BenchmarkContext context)
    {
        (LoadResult load, HostStatistics used) = await side.LoadAsync(connections, context.Rounds.Lasting(Seconds));
        context.Progress($"{side.Side}, {connections} connections: {load.PerSecond:N0} acks/s, p50 {load.P50.TotalMilliseconds:0.00} ms, p99 {load.P99.TotalMilliseconds:0.00} ms, {load.Failures} refused");
        string name = $"{side.Side} {connections}";
        sample.Add($"{name} rate", load.PerSecond);
        sample.Add($"{name} p50", load.P50.TotalMilliseconds);
        sample.Add($"{name} p99", load.P99.TotalMilliseconds);
        sample.Add($"{name} cpu", used.CpuMicroseconds / load.Count);
        sample.Add($"{name} bytes", (double)used.AllocatedBytes / load.Count);
    }

    private static IEnumerable<Figure> Figures(int connections, Sample sample)
    {
        string ours = $"{Side.Ours} {connections}";
        string plain = $"{Side.Plain} {connections}";
        string limit = $"{Side.ReadAndDrop} {connections}";
        double rate = sample[$"{ours} rate"];
        yield return new Figure($"acks/s, {connections} connections", Format.Short(rate), Format.Short(sample[$"{plain} rate"]), Format.Short(sample[$"{limit} rate"]))
        {
            Targets = connections == 64
                ? [Target.AtLeast(rate, sample[$"{plain} rate"], 5, "plain")]
                : [Target.Told(rate, sample[$"{plain} rate"], "plain")],
        };
        foreach (string percentile in (string[])["p50", "p99"])
        {
            double time = sample[$"{ours} {percentile}"];
            double plainTime = sample[$"{plain} {percentile}"];
            yield return new Figure($"– {percentile}", Format.Time(time), Format.Time(plainTime), Format.Time(sample[$"{limit} {percentile}"]))
            {
                Targets = (connections, percentile) switch
                {
                    (1, "p50") => [Target.AtMost(time, plainTime, 1.15, "plain")],
                    (64, "p99") => [Target.AtMost(time, plainTime, 0.25, "plain")],
                    _ => [Target.Told(time, plainTime, "plain")],
                },
            };
        }
    }

    private static Figure WithoutStorage(Sample sample)
    {
        double rate = sample[$"{Side.OursWithoutStorage} 64 rate"];
        double limit = sample[$"{Side.ReadAndDrop} 64 rate"];
        return new Figure("acks/s with storage taken out, 64 connections", Format.Short(rate), "", Format.Short(limit))
        {
            Targets = [Target.AtLeast(rate, limit, 0.6, "limit")],
        };
    }

    private static IEnumerable<Figure> Cost(Sample sample)
    {
        yield return new Figure("CPU time of the server per callback, 64 connections", Microseconds(Side.Ours), Microseconds(Side.Plain), Microseconds(Side.ReadAndDrop));
        yield return new Figure("bytes allocated per callback, 64 connections", Bytes(Side.Ours), Bytes(Side.Plain), Bytes(Side.ReadAndDrop));

        string Microseconds(Side side) => Format.Time(sample[$"{side} 64 cpu"] / 1000);
        string Bytes(Side side) => Format.Bytes(sample[$"{side} 64 bytes"]);
    }
}

using System.Diagnostics;
using Azure.Data.Tables;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Limits;
using ConferenceFunctions.Benchmarks.Load;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>
/// Events applied: from the first post until the last event is in the table, and what storage was asked for meanwhile, with queue,
/// index and polls. Few large conferences, and many small ones.
/// </summary>
internal static class Events
{
    private static readonly (int Conferences, int Events)[] Shapes = [(4, 500), (64, 40)];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        var sample = new Sample();
        string limit = await context.Azurite.NewAccountAsync();
        await using EventSide ours = await EventSide.StartAsync(Side.Ours, context.Azurite);
        await using EventSide plain = await EventSide.StartAsync(Side.Plain, context.Azurite);
        EventSide[] sides = [ours, plain];
        foreach (EventSide side in sides)
        {
            await side.ApplyAsync(Scripts(4, 100));
        }

        await PackAsync(limit, Scripts(4, 100));
        foreach ((int conferences, int events) in Shapes)
        {
            for (int round = 0; round < context.Rounds.Count; round++)
            {
                foreach (EventSide side in Rounds.Alternating(sides, round))
                {
                    Applied applied = await side.ApplyAsync(Scripts(conferences, context.Rounds.Of(events)));
                    context.Progress(
                        $"{side.Side}, {conferences} conferences: {applied.PerSecond:N0} events/s, {applied.QueueRequests:0.00} queue and {applied.TableRequests:0.00} table requests per event");
                    sample.Add($"{side.Side} {conferences} rate", applied.PerSecond);
                    sample.Add($"{side.Side} {conferences} queue", applied.QueueRequests);
                    sample.Add($"{side.Side} {conferences} table", applied.TableRequests);
                    sample.Add($"{side.Side} {conferences} requests", applied.QueueRequests + applied.TableRequests);
                }

                double packed = await PackAsync(limit, Scripts(conferences, context.Rounds.Of(events)));
                context.Progress($"hand-packed, {conferences} conferences: {packed:N0} events/s");
                sample.Add($"limit {conferences} rate", packed);
            }
        }

        return [.. Shapes.SelectMany(shape => Figures(shape.Conferences, sample)), .. StorageCost.Figures(sample, Shapes[0].Conferences)];
    }

    private static IReadOnlyList<string>[] Scripts(int conferences, int events) =>
        [.. Enumerable.Range(0, conferences).Select(_ => ConferenceScript.Events(Guid.NewGuid().ToString(), Math.Max(20, events)))];

    private static async Task<double> PackAsync(string storage, IReadOnlyList<string>[] conferences)
    {
        IReadOnlyList<TableEntity[]> prepared = HandPackedTransactions.Prepare(conferences, ConferenceScript.Document, TimeProvider.System.GetUtcNow());
        long start = Stopwatch.GetTimestamp();
        await HandPackedTransactions.WriteAsync(storage, prepared);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        await BenchmarkAzurite.RenewAsync(storage);
        return conferences.Sum(events => events.Count) / elapsed.TotalSeconds;
    }

    private static IEnumerable<Figure> Figures(int conferences, Sample sample)
    {
        double rate = sample[$"{Side.Ours} {conferences} rate"];
        double plain = sample[$"{Side.Plain} {conferences} rate"];
        double limit = sample[$"limit {conferences} rate"];
        double requests = sample[$"{Side.Ours} {conferences} requests"];
        bool few = conferences == Shapes[0].Conferences;
        yield return new Figure($"events applied/s, {EventSide.Senders} senders over {conferences} conferences", Format.Short(rate), Format.Short(plain), Format.Short(limit))
        {
            Targets = few
                ? [Target.AtLeast(rate, plain, 5, "plain"), Target.AtLeast(rate, limit, 0.3, "limit")]
                : [Target.AtLeast(rate, plain, 2, "plain"), Target.Told(rate, limit, "limit")],
        };
        yield return new Figure("– storage requests per event", Format.Short(requests), Format.Short(sample[$"{Side.Plain} {conferences} requests"]))
        {
            Targets = [Target.AtMost(requests, few ? 0.35 : 1.5, "per event")],
        };
    }
}

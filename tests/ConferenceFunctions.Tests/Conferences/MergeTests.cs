using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Conferences;

public class MergeTests
{
    [Fact]
    public void Any_order_any_repetition_and_any_split_of_events_gives_the_same_rows_and_they_are_the_oracles() =>
        Seeded.Run(Seeded.Iterations(2_000, 10_000), random =>
        {
            List<ReceivedEvent> events = RandomConference.Events(random, "c1");
            Dictionary<string, StateRow> once = Apply(events);
            ReceivedEvent[] shuffled = [.. events, .. events.Where(_ => random.Next(3) == 0)];
            random.Shuffle(shuffled);

            Assert.Equal(ConferenceOracle.Fold(events), ConferenceOracle.Show(once.Values));
            AssertSame(once, Apply(shuffled));
            // Batches that were applied apart and then met: what two processes do.
            int cut = random.Next(shuffled.Length + 1);
            AssertSame(once, Meet(Apply(shuffled[..cut]), Apply(shuffled[cut..])));
            AssertSame(once, Meet(Apply(shuffled[cut..]), Apply(shuffled[..cut])));
        });

    [Fact]
    public void Rows_come_back_from_the_table_as_they_were() => Seeded.Run(Seeded.Iterations(500, 5_000), random =>
    {
        Dictionary<string, StateRow> rows = Apply(RandomConference.Events(random, "c1"));

        Assert.All(rows.Values, row => Assert.Equal(row, StateRow.From(row.ToEntity("c1"))));
    });

    [Fact]
    public void A_set_of_times_keeps_the_earliest_whatever_the_order() => Seeded.Run(Seeded.Iterations(200, 2_000), random =>
    {
        long[] times = [.. Enumerable.Range(0, random.Next(1, 1500)).Select(_ => random.NextInt64(1, 3_000))];
        TimeMarks[] shuffled = [.. times.Concat(times.Take(50)).Select(TimeMarks.Of)];
        random.Shuffle(shuffled);
        int cut = random.Next(shuffled.Length);

        TimeMarks all = shuffled.Aggregate(TimeMarks.Merge);
        TimeMarks halves = TimeMarks.Merge(shuffled[..cut].Aggregate(TimeMarks.Empty, TimeMarks.Merge), shuffled[cut..].Aggregate(TimeMarks.Empty, TimeMarks.Merge));

        Assert.Equal(times.Distinct().Order().Take(TimeMarks.Max), all.Times);
        Assert.Equal(times.Distinct().Count() > TimeMarks.Max, all.Truncated);
        Assert.Equal(all, halves);
        Assert.Equal(all, TimeMarks.Parse(all.ToString(), all.Truncated));
    });

    private static void AssertSame(Dictionary<string, StateRow> expected, Dictionary<string, StateRow> actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, pair => Assert.Equal(pair.Value, actual[pair.Key]));
    }

    private static Dictionary<string, StateRow> Apply(IEnumerable<ReceivedEvent> events)
    {
        Dictionary<string, StateRow> rows = new(StringComparer.Ordinal);
        foreach (ReceivedEvent received in events)
        {
            foreach (StateRow touched in StateRow.TouchedBy(received.Event))
            {
                rows[touched.Key] = rows.GetValueOrDefault(touched.Key, touched).With(received);
            }
        }

        return rows;
    }

    private static Dictionary<string, StateRow> Meet(Dictionary<string, StateRow> one, Dictionary<string, StateRow> other)
    {
        Dictionary<string, StateRow> met = new(one, StringComparer.Ordinal);
        foreach ((string key, StateRow row) in other)
        {
            met[key] = !met.TryGetValue(key, out StateRow? known) ? row : (known, row) switch
            {
                (ConferenceRow a, ConferenceRow b) => a with { State = ConferenceState.Merge(a.State, b.State) },
                (ParticipantRow a, ParticipantRow b) => a with { State = ParticipantState.Merge(a.State, b.State) },
                (RecordingRow a, RecordingRow b) => a with { Source = RecordingSource.Merge(a.Source, b.Source) },
                _ => throw new InvalidOperationException(key),
            };
        }

        return met;
    }
}

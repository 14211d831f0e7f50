using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Makes stints of joins and leaves.</summary>
internal static class Stints
{
    /// <summary>
    /// The stints of a participant in order. A second join closes the stint that is open, a leave alone makes a stint without a
    /// join, the end of the conference closes what is open.
    /// </summary>
    /// <param name="joins">Times of joining, in order.</param>
    /// <param name="leaves">Times of leaving, in order.</param>
    /// <param name="end">Until when what is open lasted; null as long as the conference does.</param>
    /// <param name="now">Up to when an open stint is counted.</param>
    public static IReadOnlyList<Stint> From(IReadOnlyList<long> joins, IReadOnlyList<long> leaves, ConferenceEnd? end, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(joins);
        ArgumentNullException.ThrowIfNull(leaves);
        List<Stint> stints = [];
        long? open = null;
        for (int join = 0, leave = 0; join < joins.Count || leave < leaves.Count;)
        {
            // At one and the same time who is inside leaves first, and who is outside joins first.
            bool joinsNext = leave == leaves.Count
                || (join < joins.Count && (joins[join] < leaves[leave] || (joins[join] == leaves[leave] && open is null)));
            if (joinsNext)
            {
                if (open is not null)
                {
                    stints.Add(Closed(open.Value, joins[join], StintEnd.Rejoined));
                }

                open = joins[join++];
            }
            else
            {
                stints.Add(Closed(open ?? 0, leaves[leave++], StintEnd.Left));
                open = null;
            }
        }

        if (open is not null)
        {
            stints.Add(end is null ? Lasting(open.Value, now) : Closed(open.Value, end.After(open.Value), end.Reason));
        }

        return stints;
    }

    private static Stint Closed(long joined, long left, StintEnd end) => new(
        EventTime.ToPoint(joined), EventTime.ToPoint(left), joined > 0 && left > 0 ? Seconds(left - joined) : null, end == StintEnd.Rejoined, Open: false, end);

    private static Stint Lasting(long joined, DateTimeOffset now) => new(
        EventTime.ToPoint(joined), null, joined > 0 ? Seconds(Math.Max(0, EventTime.From(now) - joined)) : null, LeftInferred: false, Open: true, End: null);

    private static double Seconds(long microseconds) => microseconds / 1_000_000.0;
}

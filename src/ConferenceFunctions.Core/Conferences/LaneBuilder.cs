using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Makes intervals of something that is switched on and off.</summary>
internal sealed class LaneBuilder
{
    private readonly List<TimelineInterval> _intervals = [];
    private long? _since;

    /// <summary>It is on, or off, from that time; null says nothing.</summary>
    public void Set(bool? on, long time)
    {
        if (on == true)
        {
            _since ??= time;
        }
        else if (on == false && _since is { } since)
        {
            _intervals.Add(Closed(since, time));
            _since = null;
        }
    }

    /// <summary>The intervals; what is still on ends with the conference, or lasts.</summary>
    public TimelineLane Build(ConferenceEnd? end, DateTimeOffset now)
    {
        IEnumerable<TimelineInterval> all = _since is not { } since ? _intervals
            : end is not null ? _intervals.Append(Closed(since, end.After(since)))
            : _intervals.Append(new TimelineInterval(EventTime.ToPoint(since), null, Seconds(since, EventTime.From(now)), Open: true));
        TimelineInterval[] intervals = [.. all];
        return new TimelineLane(intervals, intervals.Sum(interval => interval.Seconds ?? 0));
    }

    private static TimelineInterval Closed(long from, long to) => new(EventTime.ToPoint(from), EventTime.ToPoint(to), Seconds(from, to), Open: false);

    private static double? Seconds(long from, long to) => from > 0 && to > 0 ? Math.Max(0, to - from) / 1_000_000.0 : null;
}

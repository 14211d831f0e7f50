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
        else if (on == false)
        {
            End(time);
        }
    }

    /// <summary>Whatever is on ends at that time, and where that is before its beginning, at its beginning; 0 if unknown.</summary>
    public void End(long time)
    {
        if (_since is { } since)
        {
            _intervals.Add(new(EventTime.ToPoint(since), EventTime.ToPoint(time == 0 ? 0 : Math.Max(since, time)), Seconds(since, time), Open: false));
            _since = null;
        }
    }

    /// <summary>Whatever is on lasts, until now at least.</summary>
    public void Last(DateTimeOffset now)
    {
        if (_since is { } since)
        {
            _intervals.Add(new(EventTime.ToPoint(since), null, Seconds(since, EventTime.From(now)), Open: true));
            _since = null;
        }
    }

    /// <summary>The intervals so far.</summary>
    public TimelineLane Build() => new(_intervals, _intervals.Sum(interval => interval.Seconds ?? 0));

    private static double? Seconds(long from, long to) => from > 0 && to > 0 ? Math.Max(0, to - from) / 1_000_000.0 : null;
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Makes intervals of the events of one participant. What begins ends with its counterpart, with the stay during which it began, or
/// with the conference; flags that are sent along with any event count like events. Whoever comes again begins anew.
/// </summary>
/// <remarks>
/// Events are taken in the order of their times, and at one time in the order of their ids: as the latest value of a flag is found.
/// Stays are the stints as <see cref="Stints"/> makes them, where at one time who is inside leaves first; what happens at the very
/// time at which one stay ends and the next begins belongs to the next.
/// </remarks>
internal sealed class TimelineBuilder
{
    private readonly LaneBuilder _muted = new();
    private readonly LaneBuilder _held = new();
    private readonly LaneBuilder _speaking = new();
    private readonly LaneBuilder _coaching = new();
    private readonly DateTimeOffset _now;

    // Nothing lasts longer than the conference, whatever its events say; 0 where its end has no time.
    private readonly long _end;

    private TimelineBuilder(ConferenceEnd? end, DateTimeOffset now) => (_end, _now) = (end?.Time ?? long.MaxValue, now);

    /// <summary>The lanes of a participant.</summary>
    /// <param name="callId">Call id.</param>
    /// <param name="caller">Who called, where known.</param>
    /// <param name="marks">The participant's events, in any order.</param>
    /// <param name="stints">When the participant was in the conference.</param>
    /// <param name="end">Until when what is open lasted; null as long as the conference does.</param>
    /// <param name="now">Up to when what lasts is counted.</param>
    public static ParticipantTimeline Build(
        string callId, Caller? caller, IEnumerable<EventMark> marks, IReadOnlyList<Stint> stints, ConferenceEnd? end, DateTimeOffset now)
    {
        var builder = new TimelineBuilder(end, now);
        builder.Add(new Queue<EventMark>(marks.OrderBy(mark => mark.Key.Time).ThenBy(mark => mark.Key.Id, StringComparer.Ordinal)), stints);
        return new ParticipantTimeline
        {
            CallId = callId,
            Caller = caller,
            Present = new TimelineLane(
                [.. stints.Select(stint => new TimelineInterval(stint.JoinedAt, stint.LeftAt, stint.Seconds, stint.Open))], stints.Sum(stint => stint.Seconds ?? 0)),
            Muted = builder._muted.Build(),
            Held = builder._held.Build(),
            Speaking = builder._speaking.Build(),
            Coaching = builder._coaching.Build(),
        };
    }

    private void Add(Queue<EventMark> marks, IReadOnlyList<Stint> stints)
    {
        for (int i = 0; i < stints.Count; i++)
        {
            long from = TimeOf(stints[i].JoinedAt) ?? 0;
            long to = TimeOf(stints[i].LeftAt) ?? long.MaxValue;
            long next = i + 1 < stints.Count ? TimeOf(stints[i + 1].JoinedAt) ?? long.MaxValue : long.MaxValue;
            while (marks.TryPeek(out EventMark? mark) && mark.Key.Time <= to && mark.Key.Time < next)
            {
                // What has no time may well have happened during the first stay; what happened between two did not.
                if (mark.Key.Time == 0 || mark.Key.Time >= from)
                {
                    Add(mark);
                }

                marks.Dequeue();
            }

            End(stints[i].Open, TimeOf(stints[i].LeftAt) ?? 0);
        }

        if (stints.Count == 0)
        {
            // Neither joining nor leaving was heard of, so this is all that tells of being there.
            foreach (EventMark mark in marks)
            {
                Add(mark);
            }

            End(_end == long.MaxValue, _end);
        }
    }

    private void Add(EventMark mark)
    {
        // A leave ends the stay; the flags that it carries are of no time any more.
        if (mark.Key.Status != ConferenceStatus.ParticipantLeave)
        {
            long time = Clip(mark.Key.Time);
            _muted.Set(mark.Muted, time);
            _held.Set(mark.Held, time);
            _speaking.Set(ParticipantFlags.Speaking(mark.Key.Status), time);
            _coaching.Set(mark.Coaching, time);
        }
    }

    private void End(bool lasts, long time)
    {
        foreach (LaneBuilder lane in (ReadOnlySpan<LaneBuilder>)[_muted, _held, _speaking, _coaching])
        {
            if (lasts)
            {
                lane.Last(_now);
            }
            else
            {
                lane.End(Clip(time));
            }
        }
    }

    private long Clip(long time) => _end == 0 ? time : Math.Min(time, _end);

    private static long? TimeOf(DateTimeOffset? point) => point is { } known ? EventTime.From(known) : null;
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Makes intervals of the events of one participant. What begins ends with its counterpart, with the participant's leaving, or with
/// the conference; flags that are sent along with any event count like events.
/// </summary>
internal sealed class TimelineBuilder
{
    private readonly LaneBuilder _muted = new();
    private readonly LaneBuilder _held = new();
    private readonly LaneBuilder _speaking = new();
    private readonly LaneBuilder _coaching = new();

    private TimelineBuilder()
    {
    }

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
        var builder = new TimelineBuilder();
        // At one and the same time, the order is that in which the latest value is found elsewhere, too: by id.
        foreach (EventMark mark in marks.OrderBy(mark => mark.Key.Time).ThenBy(mark => mark.Key.Id, StringComparer.Ordinal))
        {
            builder.Add(mark);
        }

        return new ParticipantTimeline
        {
            CallId = callId,
            Caller = caller,
            Present = new TimelineLane(
                [.. stints.Select(stint => new TimelineInterval(stint.JoinedAt, stint.LeftAt, stint.Seconds, stint.Open))], stints.Sum(stint => stint.Seconds ?? 0)),
            Muted = builder._muted.Build(end, now),
            Held = builder._held.Build(end, now),
            Speaking = builder._speaking.Build(end, now),
            Coaching = builder._coaching.Build(end, now),
        };
    }

    private void Add(EventMark mark)
    {
        if (mark.Key.Status == ConferenceStatus.ParticipantLeave)
        {
            foreach (LaneBuilder lane in (ReadOnlySpan<LaneBuilder>)[_muted, _held, _speaking, _coaching])
            {
                lane.Set(false, mark.Key.Time);
            }

            return;
        }

        _muted.Set(mark.Muted, mark.Key.Time);
        _held.Set(mark.Held, mark.Key.Time);
        _speaking.Set(ParticipantFlags.Speaking(mark.Key.Status), mark.Key.Time);
        _coaching.Set(mark.Coaching, mark.Key.Time);
    }
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What the events of a conference say about one participant. A function of the set of events, as <see cref="ConferenceState"/>.</summary>
public sealed record ParticipantState
{
    /// <summary>Nothing known yet.</summary>
    public static ParticipantState Empty { get; } = new();

    /// <summary>When the participant joined.</summary>
    public TimeMarks Joins { get; init; } = TimeMarks.Empty;

    /// <summary>When the participant left.</summary>
    public TimeMarks Leaves { get; init; } = TimeMarks.Empty;

    /// <summary>Whether the participant is muted.</summary>
    public Latest<bool>? Muted { get; init; }

    /// <summary>Whether the participant is on hold.</summary>
    public Latest<bool>? Hold { get; init; }

    /// <summary>Whether the participant speaks.</summary>
    public Latest<bool>? Speaking { get; init; }

    /// <summary>Whether the participant is coaching.</summary>
    public Latest<bool>? Coaching { get; init; }

    /// <summary>Whether the participant starts the conference on joining.</summary>
    public Latest<bool>? StartOnJoin { get; init; }

    /// <summary>Whether the participant ends the conference on leaving.</summary>
    public Latest<bool>? EndOnLeave { get; init; }

    /// <summary>The node.</summary>
    public Latest<string>? NodeId { get; init; }

    /// <summary>Segment of the call.</summary>
    public Latest<string>? SegmentId { get; init; }

    /// <summary>Tag of the call.</summary>
    public Latest<string>? Tag { get; init; }

    /// <summary>What one event of the participant says. What the status itself says counts before the flags that come with it.</summary>
    public static ParticipantState From(ConferenceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        string stamp = Semilattice.StampOf(e);
        return new ParticipantState
        {
            Joins = e.Status == ConferenceStatus.ParticipantJoin ? TimeMarks.Of(e.Time) : TimeMarks.Empty,
            Leaves = e.Status == ConferenceStatus.ParticipantLeave ? TimeMarks.Of(e.Time) : TimeMarks.Empty,
            Muted = Flag(ParticipantFlags.Muted(e)),
            Hold = Flag(ParticipantFlags.Held(e)),
            Speaking = Flag(ParticipantFlags.Speaking(e.Status)),
            Coaching = Flag(e.Coaching),
            StartOnJoin = Flag(e.StartOnJoin),
            EndOnLeave = Flag(e.EndOnLeave),
            NodeId = Text(e.NodeId),
            SegmentId = Text(e.SegmentId),
            Tag = Text(e.Tag),
        };

        Latest<bool>? Flag(bool? value) => value is null ? null : new(value.Value, stamp);
        Latest<string>? Text(string? value) => string.IsNullOrEmpty(value) ? null : new(value, stamp);
    }

    /// <summary>What both say together.</summary>
    public static ParticipantState Merge(ParticipantState one, ParticipantState other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new ParticipantState
        {
            Joins = TimeMarks.Merge(one.Joins, other.Joins),
            Leaves = TimeMarks.Merge(one.Leaves, other.Leaves),
            Muted = Semilattice.Latest(one.Muted, other.Muted),
            Hold = Semilattice.Latest(one.Hold, other.Hold),
            Speaking = Semilattice.Latest(one.Speaking, other.Speaking),
            Coaching = Semilattice.Latest(one.Coaching, other.Coaching),
            StartOnJoin = Semilattice.Latest(one.StartOnJoin, other.StartOnJoin),
            EndOnLeave = Semilattice.Latest(one.EndOnLeave, other.EndOnLeave),
            NodeId = Semilattice.Latest(one.NodeId, other.NodeId),
            SegmentId = Semilattice.Latest(one.SegmentId, other.SegmentId),
            Tag = Semilattice.Latest(one.Tag, other.Tag),
        };
    }
}

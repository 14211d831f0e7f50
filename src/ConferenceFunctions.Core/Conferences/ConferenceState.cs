using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// What the events of a conference say about the conference itself. A function of the set of events: every field joins by
/// minimum, maximum or latest, so events may come late, twice and in any order.
/// </summary>
public sealed record ConferenceState
{
    /// <summary>Nothing known yet.</summary>
    public static ConferenceState Empty { get; } = new();

    /// <summary>Name of the conference.</summary>
    public Latest<string>? Name { get; init; }

    /// <summary>Document in whose URL its callbacks come.</summary>
    public Latest<string>? Document { get; init; }

    /// <summary>Project.</summary>
    public Latest<string>? ProjectId { get; init; }

    /// <summary>Space.</summary>
    public Latest<string>? SpaceId { get; init; }

    /// <summary>Region.</summary>
    public Latest<string>? Region { get; init; }

    /// <summary>Participants, as last reported.</summary>
    public Latest<int>? Size { get; init; }

    /// <summary>Participants, as reported with somebody's last joining or leaving.</summary>
    public Latest<int>? SizeAtMove { get; init; }

    /// <summary>Most participants ever reported.</summary>
    public int? PeakSize { get; init; }

    /// <summary>Whether it is being recorded: in-progress, paused or stopped.</summary>
    public Latest<string>? Recording { get; init; }

    /// <summary>Time of the first <c>conference-start</c>, in microseconds; null without one that has a time.</summary>
    public long? Started { get; init; }

    /// <summary>Time of the last <c>conference-end</c>; 0 if it has none, null as long as the conference has not ended.</summary>
    public long? Ended { get; init; }

    /// <summary>
    /// Time of the first end that reconciliation found, in microseconds; null where it found none. An estimate, which only counts as
    /// long as there is no <see cref="Ended"/>.
    /// </summary>
    public long? Reconciled { get; init; }

    /// <summary>When it ended, whoever told; 0 where the end has no time, null as long as it has not ended.</summary>
    public long? End => Ended ?? Reconciled;

    /// <summary>Time of the first event that has one.</summary>
    public long? FirstEvent { get; init; }

    /// <summary>Time of the last event that has one.</summary>
    public long? LastEvent { get; init; }

    /// <summary>Why it ended.</summary>
    public Latest<string>? ReasonEnded { get; init; }

    /// <summary>Call id of the participant who ended it.</summary>
    public Latest<string>? EndedBy { get; init; }

    /// <summary>What one event says. An event that is unknown here says nothing.</summary>
    public static ConferenceState From(ReceivedEvent received)
    {
        ArgumentNullException.ThrowIfNull(received);
        ConferenceEvent e = received.Event;
        if (!e.IsKnown)
        {
            return Empty;
        }

        // What reconciliation found says that a conference was, and is over; when it began and ended is SignalWire's to tell.
        bool told = received.Callback.Kind != CallbackKind.Reconciliation;
        string stamp = Semilattice.StampOf(e);
        long? time = e.Time > 0 ? e.Time : null;
        return new ConferenceState
        {
            Name = Text(e.Name),
            Document = Text(received.Callback.Document),
            ProjectId = Text(e.ProjectId),
            SpaceId = Text(e.SpaceId),
            Region = Text(e.Region),
            Size = e.Size is { } size ? new(size, stamp) : null,
            SizeAtMove = e.Status is ConferenceStatus.ParticipantJoin or ConferenceStatus.ParticipantLeave && e.Size is { } moved ? new(moved, stamp) : null,
            PeakSize = e.Size,
            Recording = Text(RecordingOf(e.Status)),
            Started = told && e.Status == ConferenceStatus.ConferenceStart ? time : null,
            Ended = told && e.Status == ConferenceStatus.ConferenceEnd ? e.Time : null,
            Reconciled = !told && e.Status == ConferenceStatus.ConferenceEnd ? e.Time : null,
            FirstEvent = time,
            LastEvent = time,
            ReasonEnded = Text(e.ReasonEnded),
            EndedBy = Text(e.CallIdEndingConf),
        };

        Latest<string>? Text(string? value) => string.IsNullOrEmpty(value) ? null : new(value, stamp);
    }

    /// <summary>What both say together.</summary>
    public static ConferenceState Merge(ConferenceState one, ConferenceState other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new ConferenceState
        {
            Name = Semilattice.Latest(one.Name, other.Name),
            Document = Semilattice.Latest(one.Document, other.Document),
            ProjectId = Semilattice.Latest(one.ProjectId, other.ProjectId),
            SpaceId = Semilattice.Latest(one.SpaceId, other.SpaceId),
            Region = Semilattice.Latest(one.Region, other.Region),
            Size = Semilattice.Latest(one.Size, other.Size),
            SizeAtMove = Semilattice.Latest(one.SizeAtMove, other.SizeAtMove),
            PeakSize = (int?)Semilattice.Max(one.PeakSize, other.PeakSize),
            Recording = Semilattice.Latest(one.Recording, other.Recording),
            Started = Semilattice.Min(one.Started, other.Started),
            Ended = Semilattice.Max(one.Ended, other.Ended),
            Reconciled = Semilattice.Min(one.Reconciled, other.Reconciled),
            FirstEvent = Semilattice.Min(one.FirstEvent, other.FirstEvent),
            LastEvent = Semilattice.Max(one.LastEvent, other.LastEvent),
            ReasonEnded = Semilattice.Latest(one.ReasonEnded, other.ReasonEnded),
            EndedBy = Semilattice.Latest(one.EndedBy, other.EndedBy),
        };
    }

    private static string? RecordingOf(string status) => status switch
    {
        ConferenceStatus.RecordStart or ConferenceStatus.RecordResume => "in-progress",
        ConferenceStatus.RecordPause => "paused",
        ConferenceStatus.RecordStop => "stopped",
        ConferenceStatus.RecordAbsent => "absent",
        _ => null,
    };
}

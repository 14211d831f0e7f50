using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A participant of a conference, as the API shows it.</summary>
public sealed record Participant
{
    /// <summary>Call id.</summary>
    public required string CallId { get; init; }

    /// <summary>Who called, where SignalWire told when it fetched the document.</summary>
    public Caller? Caller { get; init; }

    /// <summary>Whether the participant is in the conference now.</summary>
    public required bool Present { get; init; }

    /// <summary>When the participant joined first.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>When the participant left last; null while present.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>Seconds in the conference, all stints together.</summary>
    public required double SecondsPresent { get; init; }

    /// <summary>The single stays.</summary>
    public required IReadOnlyList<Stint> Stints { get; init; }

    /// <summary>Whether the participant is muted, as last heard.</summary>
    public bool? Muted { get; init; }

    /// <summary>Whether the participant is on hold, as last heard.</summary>
    public bool? Hold { get; init; }

    /// <summary>Whether the participant speaks, as last heard; false after leaving.</summary>
    public bool? Speaking { get; init; }

    /// <summary>Whether the participant is coaching, as last heard.</summary>
    public bool? Coaching { get; init; }

    /// <summary>Whether the participant starts the conference on joining.</summary>
    public bool? StartOnJoin { get; init; }

    /// <summary>Whether the participant ends the conference on leaving.</summary>
    public bool? EndOnLeave { get; init; }

    /// <summary>The node.</summary>
    public string? NodeId { get; init; }

    /// <summary>Segment of the call.</summary>
    public string? SegmentId { get; init; }

    /// <summary>Tag of the call.</summary>
    public string? Tag { get; init; }
}

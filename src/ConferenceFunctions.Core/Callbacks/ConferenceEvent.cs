namespace ConferenceFunctions.Core.Callbacks;

/// <summary>A callback, whichever way it was encoded, as one event. Names and meanings are SignalWire's.</summary>
public sealed record ConferenceEvent
{
    /// <summary>What SignalWire puts into <c>event_type</c>.</summary>
    public const string ConferenceEventType = "calling.conference";

    /// <summary>Derived from what the event says, since SignalWire sends none: the same for a repeated callback. 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The conference's unique id; empty for a recording callback that has none.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>What happened, one of <see cref="ConferenceStatus"/> or a status unknown here.</summary>
    public required string Status { get; init; }

    /// <summary>When it happened, in microseconds since 1970; 0 where the event does not tell.</summary>
    public required long Time { get; init; }

    /// <summary>The event's type, always <see cref="ConferenceEventType"/> so far.</summary>
    public string EventType { get; init; } = ConferenceEventType;

    /// <summary>Channel of the event; includes the SWML session's id.</summary>
    public string? EventChannel { get; init; }

    /// <summary>Project of the call.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Space of the call.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Call id of the participant.</summary>
    public string? CallId { get; init; }

    /// <summary>Name of the conference.</summary>
    public string? Name { get; init; }

    /// <summary>Participants in the conference.</summary>
    public int? Size { get; init; }

    /// <summary>The node.</summary>
    public string? NodeId { get; init; }

    /// <summary>Segment of the call.</summary>
    public string? SegmentId { get; init; }

    /// <summary>Region of the conference.</summary>
    public string? Region { get; init; }

    /// <summary>Tag of the call.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether the participant is muted.</summary>
    public bool? Muted { get; init; }

    /// <summary>Whether the participant is on hold.</summary>
    public bool? Hold { get; init; }

    /// <summary>Whether the participant starts the conference on joining.</summary>
    public bool? StartOnJoin { get; init; }

    /// <summary>Whether the participant ends the conference on leaving.</summary>
    public bool? EndOnLeave { get; init; }

    /// <summary>Whether the participant is coaching.</summary>
    public bool? Coaching { get; init; }

    /// <summary>Where the recording is.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>Size of the recording in bytes.</summary>
    public long? RecordingFileSize { get; init; }

    /// <summary>Duration of the recording in seconds.</summary>
    public double? RecordingDuration { get; init; }

    /// <summary>Why the conference ended.</summary>
    public string? ReasonEnded { get; init; }

    /// <summary>Call id of the participant who ended the conference.</summary>
    public string? CallIdEndingConf { get; init; }

    /// <summary>The status, with the type before it where that is another than usual: so that nothing takes the one for the other.</summary>
    public string QualifiedStatus => EventType == ConferenceEventType ? Status : $"{EventType}:{Status}";

    /// <summary>Whether type and status mean something to the state of a conference.</summary>
    public bool IsKnown => EventType == ConferenceEventType && ConferenceStatus.IsKnown(Status);
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>Something that happened in a conference.</summary>
internal sealed record SimulatedEvent
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [ConferenceStatus.ConferenceStart] = "start",
        [ConferenceStatus.ConferenceEnd] = "end",
        [ConferenceStatus.ParticipantJoin] = "join",
        [ConferenceStatus.ParticipantLeave] = "leave",
        [ConferenceStatus.ParticipantMute] = "mute",
        [ConferenceStatus.ParticipantUnmute] = "mute",
        [ConferenceStatus.ParticipantHold] = "hold",
        [ConferenceStatus.ParticipantUnhold] = "hold",
        [ConferenceStatus.ParticipantModify] = "modify",
        [ConferenceStatus.ParticipantSpeechStart] = "speaker",
        [ConferenceStatus.ParticipantSpeechStop] = "speaker",
        [ConferenceStatus.RecordStart] = "in-progress",
        [ConferenceStatus.RecordPause] = "in-progress",
        [ConferenceStatus.RecordResume] = "in-progress",
    };

    /// <summary>What happened, one of <see cref="ConferenceStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>When, in microseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>The call that the event is about, or that the conference came to be with.</summary>
    public required SimulatedCall Call { get; init; }

    /// <summary>Everything in <c>params</c>, in SignalWire's order.</summary>
    public required IReadOnlyList<EventField> Params { get; init; }

    /// <summary>The recording, where the event announces one.</summary>
    public SimulatedRecording? Recording { get; init; }

    /// <summary>Which of the two callbacks the event belongs to.</summary>
    public CallbackKind Kind => Status.StartsWith("record-", StringComparison.Ordinal) ? CallbackKind.Recording : CallbackKind.Conference;

    /// <summary>The word in an event list that asks for the event.</summary>
    public string Word => Status == ConferenceStatus.RecordStop ? (Recording is null ? "absent" : "completed") : Words[Status];
}

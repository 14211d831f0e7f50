namespace ConferenceFunctions.Core.Callbacks;

/// <summary>The conference events that SignalWire names in <c>params.status</c>. Others are kept, and change no state.</summary>
public static class ConferenceStatus
{
    /// <summary>The conference started.</summary>
    public const string ConferenceStart = "conference-start";

    /// <summary>The conference ended.</summary>
    public const string ConferenceEnd = "conference-end";

    /// <summary>A participant joined.</summary>
    public const string ParticipantJoin = "participant-join";

    /// <summary>A participant left.</summary>
    public const string ParticipantLeave = "participant-leave";

    /// <summary>A participant was muted.</summary>
    public const string ParticipantMute = "participant-mute";

    /// <summary>A participant was unmuted.</summary>
    public const string ParticipantUnmute = "participant-unmute";

    /// <summary>A participant was put on hold.</summary>
    public const string ParticipantHold = "participant-hold";

    /// <summary>A participant was taken off hold.</summary>
    public const string ParticipantUnhold = "participant-unhold";

    /// <summary>A participant began to speak.</summary>
    public const string ParticipantSpeechStart = "participant-speech-start";

    /// <summary>A participant stopped speaking.</summary>
    public const string ParticipantSpeechStop = "participant-speech-stop";

    /// <summary>A participant's flags were modified.</summary>
    public const string ParticipantModify = "participant-modify";

    /// <summary>Recording began.</summary>
    public const string RecordStart = "record-start";

    /// <summary>Recording was paused.</summary>
    public const string RecordPause = "record-pause";

    /// <summary>Recording was resumed.</summary>
    public const string RecordResume = "record-resume";

    /// <summary>Recording stopped; with a URL where there is a recording.</summary>
    public const string RecordStop = "record-stop";

    /// <summary>There is no recording: it was too short, or silent. Named so here; SignalWire calls the recording event <c>absent</c>.</summary>
    public const string RecordAbsent = "record-absent";

    /// <summary>The statuses of SignalWire's documentation.</summary>
    public static IReadOnlySet<string> Documented { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        ConferenceStart, ConferenceEnd, ParticipantJoin, ParticipantLeave, ParticipantMute, ParticipantUnmute, ParticipantHold,
        ParticipantUnhold, ParticipantSpeechStart, ParticipantSpeechStop, ParticipantModify, RecordStart, RecordPause, RecordResume,
        RecordStop,
    };

    /// <summary>Whether the status means something to the state of a conference.</summary>
    public static bool IsKnown(string status) => status == RecordAbsent || Documented.Contains(status);

    /// <summary>Whether the status is about one participant.</summary>
    public static bool IsParticipant(string status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return IsKnown(status) && status.StartsWith("participant-", StringComparison.Ordinal);
    }
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What an event says about a participant's flags. What happened (the status) counts before the flags that are sent along.</summary>
public static class ParticipantFlags
{
    /// <summary>Whether the participant is muted after the event; null where it does not tell.</summary>
    public static bool? Muted(ConferenceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Of(e.Status, ConferenceStatus.ParticipantMute, ConferenceStatus.ParticipantUnmute) ?? e.Muted;
    }

    /// <summary>Whether the participant is on hold after the event; null where it does not tell.</summary>
    public static bool? Held(ConferenceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return Of(e.Status, ConferenceStatus.ParticipantHold, ConferenceStatus.ParticipantUnhold) ?? e.Hold;
    }

    /// <summary>Whether the participant speaks after an event of that status; null where it does not tell.</summary>
    public static bool? Speaking(string status) =>
        Of(status, ConferenceStatus.ParticipantSpeechStart, ConferenceStatus.ParticipantSpeechStop);

    private static bool? Of(string status, string on, string off) => status == on ? true : status == off ? false : null;
}

namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>What somebody does.</summary>
internal enum ScriptAction
{
    /// <summary>Calls, and is given a document.</summary>
    Call,

    /// <summary>Leaves the conference; the call goes on.</summary>
    Leave,

    /// <summary>Hangs up.</summary>
    HangUp,

    /// <summary>Is muted.</summary>
    Mute,

    /// <summary>Is unmuted.</summary>
    Unmute,

    /// <summary>Is put on hold.</summary>
    Hold,

    /// <summary>Is taken off hold.</summary>
    Unhold,

    /// <summary>Begins to speak.</summary>
    BeginSpeaking,

    /// <summary>Stops speaking.</summary>
    StopSpeaking,

    /// <summary>Is modified.</summary>
    Modify,

    /// <summary>Has the recording paused.</summary>
    PauseRecording,

    /// <summary>Has the recording resumed.</summary>
    ResumeRecording,

    /// <summary>Whoever still waits for a start waits no longer.</summary>
    GiveUp,
}

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>What <c>reason_ended</c> may be.</summary>
internal static class EndReason
{
    /// <summary>Nobody is left.</summary>
    public const string LastParticipantLeft = "last-participant-left";

    /// <summary>A participant with <c>end_on_exit</c> left.</summary>
    public const string EndOnExitLeft = "participant-with-end-conference-on-exit-left";
}

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>What became of an attempt to join.</summary>
internal enum JoinOutcome
{
    /// <summary>The participant is in.</summary>
    Joined,

    /// <summary>The participant waits for the start.</summary>
    Waiting,

    /// <summary>The participant is not let in.</summary>
    Failed,
}

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>What <c>join_conference_result</c> may be.</summary>
internal static class JoinResult
{
    /// <summary>The participant joined, and left or saw the conference end.</summary>
    public const string Completed = "completed";

    /// <summary>The participant joined. SignalWire documents it; a conference that is played to its end never gives it.</summary>
    public const string Answered = "answered";

    /// <summary>The conference did not start, or ended, while the participant waited.</summary>
    public const string NoAnswer = "no-answer";

    /// <summary>The participant could not be let in.</summary>
    public const string Failed = "failed";

    /// <summary>The participant hung up while waiting.</summary>
    public const string Canceled = "canceled";
}

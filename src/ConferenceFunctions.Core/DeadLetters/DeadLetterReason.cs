namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Why something became a dead letter.</summary>
public static class DeadLetterReason
{
    /// <summary>A request that was let in could not be read as an event.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>An event that was acknowledged could not be applied, and never could be.</summary>
    public const string NotApplicable = "not-applicable";

    /// <summary>A queue message failed as often as host.json allows.</summary>
    public const string Poison = "poison";

    /// <summary>A recording could not be had within its schedule.</summary>
    public const string RecordingFailed = "recording-failed";

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<string> All { get; } = [Unreadable, NotApplicable, Poison, RecordingFailed];
}

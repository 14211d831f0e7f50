namespace ConferenceFunctions.Core.Callbacks;

/// <summary>What became of a callback.</summary>
public enum IntakeOutcome
{
    /// <summary>It is durable.</summary>
    Stored,

    /// <summary>It is no event.</summary>
    Unreadable,

    /// <summary>It could not be made durable; to be sent again.</summary>
    TryAgain,
}

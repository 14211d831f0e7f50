namespace ConferenceFunctions.Core.Callbacks;

/// <summary>What became of a callback that was to be queued.</summary>
public enum EnqueueOutcome
{
    /// <summary>It is in the queue, for good.</summary>
    Stored,

    /// <summary>Too many wait already; it was not taken.</summary>
    Full,

    /// <summary>It took too long. It may still arrive, which does no harm: a repeated callback has the same id.</summary>
    TimedOut,

    /// <summary>Storage refused it.</summary>
    Refused,
}

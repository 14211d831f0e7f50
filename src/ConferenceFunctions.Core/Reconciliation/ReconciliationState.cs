namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>How far reconciliation has come, and what its last sweep did.</summary>
public sealed record ReconciliationState
{
    /// <summary>When the last sweep started; null if there was none.</summary>
    public DateTimeOffset? LastStarted { get; init; }

    /// <summary>When a sweep last came to its end; null if none did.</summary>
    public DateTimeOffset? LastFinished { get; init; }

    /// <summary>Why the last sweep failed, in words for people; null if it did not.</summary>
    public string? LastError { get; init; }

    /// <summary>Up to when SignalWire's logs are known to have been looked through; null if never.</summary>
    public DateTimeOffset? SweptUntil { get; init; }

    /// <summary>The sweep that is not through; the next run goes on with it. Null where none is.</summary>
    public ReconciliationSweep? Unfinished { get; init; }

    /// <summary>Recordings that the last sweep queued.</summary>
    public int RecordingsQueued { get; init; }

    /// <summary>Conferences that the last sweep ended.</summary>
    public int ConferencesEnded { get; init; }
}

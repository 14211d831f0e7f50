using ConferenceFunctions.Core.Reconciliation;

namespace ConferenceFunctions.Core.Health;

/// <summary>How reconciliation is.</summary>
/// <param name="Enabled">Whether it runs at all.</param>
/// <param name="LastStarted">When the last sweep started.</param>
/// <param name="LastFinished">When a sweep last came to its end.</param>
/// <param name="LastError">Why the last sweep failed.</param>
/// <param name="SweptUntil">Up to when SignalWire's logs were looked through.</param>
/// <param name="RecordingsQueued">Recordings that the last sweep queued.</param>
/// <param name="ConferencesEnded">Conferences that the last sweep ended.</param>
public sealed record ReconciliationHealth(
    bool Enabled,
    DateTimeOffset? LastStarted,
    DateTimeOffset? LastFinished,
    string? LastError,
    DateTimeOffset? SweptUntil,
    int RecordingsQueued,
    int ConferencesEnded)
{
    /// <summary>What its state says.</summary>
    public static ReconciliationHealth Of(ReconciliationState state, bool enabled)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new(enabled, state.LastStarted, state.LastFinished, state.LastError, state.SweptUntil, state.RecordingsQueued, state.ConferencesEnded);
    }
}

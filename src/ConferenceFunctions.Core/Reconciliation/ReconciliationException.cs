namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>SignalWire's log can't be read now. The message says why, and what to do.</summary>
public sealed class ReconciliationException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the page that was asked for is gone, as one is whose token has expired: then the sweep has to begin again.</summary>
    public bool PageIsGone { get; init; }
}

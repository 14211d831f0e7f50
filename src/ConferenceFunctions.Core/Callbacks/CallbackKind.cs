namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Which way something came in.</summary>
public enum CallbackKind
{
    /// <summary>A conference event, posted to <c>status_callback</c>.</summary>
    Conference,

    /// <summary>A recording event, posted to <c>recording_status_callback</c>.</summary>
    Recording,

    /// <summary>A fetch of a document by a call: who called.</summary>
    Caller,

    /// <summary>No route: what reconciliation found in SignalWire's own log, and no callback had told.</summary>
    Reconciliation,
}

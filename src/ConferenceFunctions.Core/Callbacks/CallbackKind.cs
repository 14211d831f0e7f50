namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Which route something came in by.</summary>
public enum CallbackKind
{
    /// <summary>A conference event, posted to <c>status_callback</c>.</summary>
    Conference,

    /// <summary>A recording event, posted to <c>recording_status_callback</c>.</summary>
    Recording,

    /// <summary>A fetch of a document by a call: who called.</summary>
    Caller,
}

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>What a capability token lets its bearer do. One is of no use for another.</summary>
public enum TokenPurpose
{
    /// <summary>Fetch a document.</summary>
    Swml,

    /// <summary>Fetch a document's hold music.</summary>
    Wait,

    /// <summary>Post conference events.</summary>
    Conference,

    /// <summary>Post recording events.</summary>
    Recording,
}

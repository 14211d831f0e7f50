namespace ConferenceFunctions.Core.SignalWire;

/// <summary>What a request of one family of routes must carry.</summary>
public enum AuthMode
{
    /// <summary>A valid signature; or a valid token and no wrong signature.</summary>
    WhenPresent,

    /// <summary>A valid signature.</summary>
    Required,

    /// <summary>Nothing. Only where <c>PublicBaseUrl</c>'s host is a loopback address.</summary>
    Off,
}

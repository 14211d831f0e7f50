namespace ConferenceFunctions.Core.SignalWire;

/// <summary>What the signature headers of a request say.</summary>
public enum SignatureResult
{
    /// <summary>No signing key is configured, so signature headers say nothing.</summary>
    NoKey,

    /// <summary>The request carries no signature.</summary>
    Missing,

    /// <summary>Every signature that the request carries was made with one of the keys, over this URL and this body.</summary>
    Valid,

    /// <summary>A signature was made with another key, or over another URL or body, or has no known form.</summary>
    Mismatch,

    /// <summary>The URL is signed together with a <c>bodySHA256</c> that is not the hash of the body.</summary>
    BodyMismatch,
}

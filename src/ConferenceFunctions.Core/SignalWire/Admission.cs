namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Whether a request is let in, and if not, why.</summary>
public enum Admission
{
    /// <summary>The request is let in.</summary>
    Admitted,

    /// <summary>A signature is required and there is none.</summary>
    SignatureMissing,

    /// <summary>The signature is wrong.</summary>
    SignatureWrong,

    /// <summary>There is neither a signature nor a token.</summary>
    CredentialsMissing,

    /// <summary>The token was not made here, for this purpose and this document.</summary>
    TokenWrong,
}

namespace ConferenceFunctions.Core.Swml;

/// <summary>Kinds of answers to the fetch of a document.</summary>
public enum SwmlAnswerKind
{
    /// <summary>There it is.</summary>
    Found,

    /// <summary>There is no such document.</summary>
    NotFound,

    /// <summary>The parameters are wrong.</summary>
    BadRequest,

    /// <summary>Storage is down, and there is no copy: whether a document is stored can't be told.</summary>
    Unavailable,
}

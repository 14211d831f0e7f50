namespace ConferenceFunctions.Core.Swml;

/// <summary>The answer to the fetch of a document.</summary>
/// <param name="Kind">What kind of answer.</param>
/// <param name="Document">The document; null where there is none.</param>
/// <param name="Fault">Why there is none, and what to change; null where there is one.</param>
public readonly record struct SwmlAnswer(SwmlAnswerKind Kind, RenderedDocument? Document, string? Fault)
{
    /// <summary>There it is.</summary>
    public static SwmlAnswer Found(RenderedDocument document) => new(SwmlAnswerKind.Found, document, null);

    /// <summary>There is no such document.</summary>
    public static SwmlAnswer NotFound(string fault) => new(SwmlAnswerKind.NotFound, null, fault);

    /// <summary>The parameters are wrong.</summary>
    public static SwmlAnswer BadRequest(string fault) => new(SwmlAnswerKind.BadRequest, null, fault);

    /// <summary>Nobody can tell now.</summary>
    public static SwmlAnswer Unavailable(string fault) => new(SwmlAnswerKind.Unavailable, null, fault);
}

namespace ConferenceFunctions.Core.Swml;

/// <summary>The headers <c>If-Match</c> and <c>If-None-Match</c> of a change.</summary>
/// <param name="IfMatch">Versions of which one must be there; <c>*</c>: any. Empty for no such condition.</param>
/// <param name="IfNoneMatch">Versions of which none must be there; <c>*</c>: any. Empty for no such condition.</param>
public sealed record DocumentCondition(IReadOnlyList<string> IfMatch, IReadOnlyList<string> IfNoneMatch)
{
    /// <summary>No condition.</summary>
    public static DocumentCondition None { get; } = new([], []);

    /// <summary>Whether the change may be made to a document of that version; null: there is none.</summary>
    public bool Holds(string? etag) =>
        (IfMatch.Count == 0 || (etag is not null && (IfMatch.Contains("*") || IfMatch.Contains(etag))))
        && (IfNoneMatch.Count == 0 || etag is null || !(IfNoneMatch.Contains("*") || IfNoneMatch.Contains(etag)));
}

using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConferenceFunctions.Http;

/// <summary>Conditional requests.</summary>
internal static class Conditions
{
    /// <summary>Whether a header with ETags names that one, or any.</summary>
    public static bool Matches(StringValues header, string etag) =>
        header.Count > 0 && EntityTagHeaderValue.TryParseList(header, out IList<EntityTagHeaderValue>? tags)
        && tags.Any(tag => tag.Tag == "*" || tag.Tag == etag);

    /// <summary>The ETags of a header, quotes included; <c>*</c> for any.</summary>
    /// <param name="header">The header.</param>
    /// <param name="strong">Whether weak ones (<c>W/</c>) match nothing, as in <c>If-Match</c> (RFC 9110, 13.1.1).</param>
    /// <exception cref="BadHttpRequestException">The header has something else: a condition must not be ignored.</exception>
    public static IReadOnlyList<string> Tags(StringValues header, bool strong) =>
        header.Count == 0 ? []
        : EntityTagHeaderValue.TryParseList(header, out IList<EntityTagHeaderValue>? tags) ? [.. tags.Select(tag => strong && tag.IsWeak ? tag.ToString() : tag.Tag.ToString())]
        : throw new BadHttpRequestException("If-Match and If-None-Match take ETags in quotes, separated by commas, or *.");
}

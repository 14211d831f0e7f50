using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConferenceFunctions.Http;

/// <summary>The target of a request as it came: what is signed is the text, not what a server made of it.</summary>
internal static class RawTarget
{
    /// <summary>Path and query as they came.</summary>
    public static string PathAndQuery(HttpRequest request)
    {
        string? raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return raw is ['/', ..] ? raw : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
    }

    /// <summary>The segment after the one of that name, unescaped; a route value would have lost the difference between / and %2F.</summary>
    public static string SegmentAfter(HttpRequest request, string name, string routeValue)
    {
        string[] segments = PathAndQuery(request).Split('?', 2)[0].Split('/');
        int index = Array.FindLastIndex(segments, segment => segment.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 && index + 1 < segments.Length ? Uri.UnescapeDataString(segments[index + 1]) : routeValue;
    }
}

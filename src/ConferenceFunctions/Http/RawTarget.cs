using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConferenceFunctions.Http;

/// <summary>The target of a request as it came: what is signed is the text, not what a server made of it.</summary>
internal static class RawTarget
{
    // In /api/conferences/…, split at the slashes.
    private const int FirstName = 2;

    /// <summary>Path and query as they came.</summary>
    public static string PathAndQuery(HttpRequest request)
    {
        string? raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return raw is ['/', ..] ? raw : request.PathBase.ToUriComponent() + request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
    }

    /// <summary>The segment after the one of that name, unescaped; a route value would have lost the difference between / and %2F.</summary>
    public static string SegmentAfter(HttpRequest request, string name, string routeValue)
    {
        // Behind the prefix, names and values take turns: a conference may be called like a part of the route.
        string[] segments = PathAndQuery(request).Split('?', 2)[0].Split('/');
        for (int i = FirstName; i + 1 < segments.Length; i += 2)
        {
            if (segments[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Uri.UnescapeDataString(segments[i + 1]);
            }
        }

        return routeValue;
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ConferenceFunctions.Http;

/// <summary>The target of a request as it came: what is signed is the text, not what a server made of it.</summary>
internal static class RawTarget
{
    // In /api/conferences/…, split at the slashes.
    private const int FirstName = 2;

    // What the Functions host gives to every request that it passes on to the worker.
    private const string PassedOn = "x-ms-invocation-id";

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
        List<string> segments = SegmentsOf(PathAndQuery(request).Split('?', 2)[0]);
        for (int i = FirstName; i + 1 < segments.Count; i += 2)
        {
            if (segments[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                // The host unescapes a path but for %2F, and escapes it again, percent signs included.
                return request.Headers.ContainsKey(PassedOn) ? segments[i + 1].Replace("%2F", "/", StringComparison.OrdinalIgnoreCase) : segments[i + 1];
            }
        }

        return routeValue;
    }

    /// <summary>The segments of a path, unescaped, without the dots that stand for a step up or none: the route was found without them.</summary>
    private static List<string> SegmentsOf(string path)
    {
        List<string> segments = [];
        foreach (string segment in path.Split('/').Select(Uri.UnescapeDataString))
        {
            // The first is what stands before the first slash: nothing. Above it there is no step.
            if (segment == ".." && segments.Count > 1)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not (".." or "."))
            {
                segments.Add(segment);
            }
        }

        return segments;
    }
}

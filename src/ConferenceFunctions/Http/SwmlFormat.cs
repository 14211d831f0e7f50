using ConferenceFunctions.Core.Swml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace ConferenceFunctions.Http;

/// <summary>Decides between JSON and YAML.</summary>
internal static class SwmlFormat
{
    private const string YamlSuffix = ".yaml";

    private static readonly string[] YamlTypes = [RenderedDocument.Yaml, "application/x-yaml", "text/yaml", "text/x-yaml"];

    /// <summary>Takes <c>.yaml</c> off a name.</summary>
    /// <returns>The name, and whether YAML is wanted: by that suffix, or because <c>Accept</c> prefers it.</returns>
    public static (string Name, bool Yaml) Negotiate(HttpRequest request, string name) =>
        name.EndsWith(YamlSuffix, StringComparison.OrdinalIgnoreCase) ? (name[..^YamlSuffix.Length], true) : (name, PrefersYaml(request));

    private static bool PrefersYaml(HttpRequest request)
    {
        if (!MentionsYaml(request.Headers.Accept) || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted))
        {
            return false;
        }

        return YamlTypes.Max(type => Quality(accepted, type, named: true)) > Quality(accepted, RenderedDocument.Json, named: false);
    }

    // Most requests do not ask for YAML, and need not be read any closer.
    private static bool MentionsYaml(StringValues accept)
    {
        foreach (string? line in accept)
        {
            if (line?.Contains("yaml", StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The quality of a type: that of the most specific range that covers it; 0 where none does.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type, bool named)
    {
        var wanted = new MediaTypeHeaderValue(type);
        return accepted
            .Where(range => IsCovered(wanted, range) && (!named || !(range.MatchesAllTypes || range.MatchesAllSubTypes)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault(0);
    }

    // A range may have parameters, such as charset=utf-8, that say nothing about documents.
    private static bool IsCovered(MediaTypeHeaderValue wanted, MediaTypeHeaderValue range) =>
        range.MatchesAllTypes || (wanted.Type.Equals(range.Type, StringComparison.OrdinalIgnoreCase)
            && (range.MatchesAllSubTypes || wanted.SubType.Equals(range.SubType, StringComparison.OrdinalIgnoreCase)));
}

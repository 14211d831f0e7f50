using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Tells which recording a URL leads to, so that every event about it leads to one row and one blob: the last UUID of the path that
/// stands behind <c>recordings</c> or at the path's end, or, where there is none, a hash of the URL without its query. A UUID elsewhere is not
/// the recording's: all of a project's recordings have the project's in common.
/// </summary>
public static partial class RecordingId
{
    private const int HashLength = 32;
    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    /// <summary>The id of the recording that an event is about; null where it is about none. One that is absent has no URL: its id is the event's.</summary>
    public static string? From(ConferenceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        return !e.IsKnown ? null
            : !string.IsNullOrEmpty(e.RecordingUrl) ? From(e.RecordingUrl)
            : e.Status == ConferenceStatus.RecordAbsent ? e.Id
            : null;
    }

    /// <summary>The id of the recording at that URL.</summary>
    public static string From(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        string location = url.Split('?', '#')[0];
        string path = Uri.TryCreate(location, UriKind.Absolute, out Uri? uri) ? uri.AbsolutePath : location;
        Match? last = Recording().Matches(path).LastOrDefault();
        return last is not null
            ? last.Groups["id"].Value.ToLowerInvariant()
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(location)))[..HashLength];
    }

    [GeneratedRegex(
        $"/recordings/(?<id>{Uuid})(?=[./]|$)|/(?<id>{Uuid})(?=(\\.[^./]+)?(/download)?/?$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Recording();
}

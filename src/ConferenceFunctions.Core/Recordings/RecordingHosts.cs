using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Which URLs recordings are fetched from, and which of them are shown our credentials.</summary>
internal sealed class RecordingHosts(RecordingOptions options, SignalWireOptions signalWire)
{
    private const string Any = "*.";

    // Where SignalWire keeps the recordings of every space.
    private const string FilesHost = "files.signalwire.com";

    private readonly string[] _allowed = Split(options.AllowedHosts);

    /// <summary>The single hosts of <see cref="RecordingOptions.AllowedHosts"/>.</summary>
    public static string[] Split(string hosts) => hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it is a host, or <c>*.</c> and one.</summary>
    public static bool IsPattern(string pattern) =>
        Uri.CheckHostName(pattern.StartsWith(Any, StringComparison.Ordinal) ? pattern[Any.Length..] : pattern) == UriHostNameType.Dns;

    /// <summary>Why nothing is fetched from a URL; null where it may be.</summary>
    public string? Refuses(Uri url) =>
        !url.IsAbsoluteUri ? "The recording's URL is not an absolute URL."
        : url.UserInfo.Length > 0 ? "The recording's URL has a user in it."
        : IsLoopback(url) && url.Scheme == Uri.UriSchemeHttp ? null
        : url.Scheme != Uri.UriSchemeHttps ? $"Recordings are fetched by https, not by {url.Scheme}."
        : IsLoopback(url) ? null
        : !url.IsDefaultPort ? $"Recordings are fetched from port 443, not from port {url.Port}."
        : !_allowed.Any(pattern => Matches(pattern, url.IdnHost)) ? $"Recordings are not fetched from {url.IdnHost}: it is not among Recordings__AllowedHosts."
        : null;

    /// <summary>Whether credentials may be sent to a URL: to the project's own space, and to where SignalWire keeps its recordings.</summary>
    public bool TakesCredentials(Uri url) =>
        signalWire.IsConfigured
        && Refuses(url) is null
        && (url.Scheme == Uri.UriSchemeHttps || IsLoopback(url))
        && (IsSpace(url) || (url.Scheme == Uri.UriSchemeHttps && url.IdnHost.Equals(FilesHost, StringComparison.OrdinalIgnoreCase)));

    private bool IsSpace(Uri url) =>
        url.Scheme == signalWire.SpaceUrl!.Scheme && url.Authority.Equals(signalWire.SpaceUrl.Authority, StringComparison.OrdinalIgnoreCase);

    private bool IsLoopback(Uri url) => options.AllowLoopback && PublicUrls.IsLoopback(url);

    private static bool Matches(string pattern, string host) => pattern.StartsWith(Any, StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}

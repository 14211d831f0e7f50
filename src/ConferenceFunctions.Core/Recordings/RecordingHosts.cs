using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Which URLs recordings are fetched from, and which of them are shown our credentials.</summary>
internal sealed class RecordingHosts(RecordingOptions options, SignalWireOptions signalWire)
{
    private const string Any = "*.";

    // Where SignalWire keeps the recordings of every space.
    private const string FilesHost = "files.signalwire.com";

    private readonly string[] _allowed = [.. Split(options.AllowedHosts).Select(Normalize).OfType<string>()];

    /// <summary>The single hosts of <see cref="RecordingOptions.AllowedHosts"/>.</summary>
    public static string[] Split(string hosts) => hosts.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>
    /// A host, or <c>*.</c> and one, as it stands in a URL that is asked for: in lower case, without a dot at its end, other than ASCII
    /// as Punycode. Null where it is neither.
    /// </summary>
    public static string? Normalize(string pattern)
    {
        string any = pattern.StartsWith(Any, StringComparison.Ordinal) ? Any : "";
        string host = pattern[any.Length..].TrimEnd('.');
        return Uri.CheckHostName(host) == UriHostNameType.Dns && HostOf(new Uri($"https://{host}")) is { } name ? any + name.ToLowerInvariant() : null;
    }

    /// <summary>Why nothing is fetched from a URL; null where it may be.</summary>
    public string? Refuses(Uri url) =>
        !url.IsAbsoluteUri ? "The recording's URL is not an absolute URL."
        : url.UserInfo.Length > 0 ? "The recording's URL has a user in it."
        : url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp ? $"Recordings are fetched by https, not by {url.Scheme}."
        : IsLoopback(url) ? null
        : url.Scheme != Uri.UriSchemeHttps ? $"Recordings are fetched by https, not by {url.Scheme}."
        : !url.IsDefaultPort ? $"Recordings are fetched from port 443, not from port {url.Port}."
        : HostOf(url) is not { } host ? "The recording's URL has no name of a host in it."
        : !_allowed.Any(pattern => Matches(pattern, host)) ? $"Recordings are not fetched from {host}: it is not among Recordings__AllowedHosts."
        : null;

    /// <summary>Whether credentials may be sent to a URL: to the project's own space, and to where SignalWire keeps its recordings.</summary>
    public bool TakesCredentials(Uri url) =>
        signalWire.IsConfigured
        && Refuses(url) is null
        && (IsSpace(url) || (url.Scheme == Uri.UriSchemeHttps && url.IdnHost.Equals(FilesHost, StringComparison.OrdinalIgnoreCase)));

    private bool IsSpace(Uri url) =>
        url.Scheme == signalWire.SpaceUrl!.Scheme && url.Authority.Equals(signalWire.SpaceUrl.Authority, StringComparison.OrdinalIgnoreCase);

    private bool IsLoopback(Uri url) => options.AllowLoopback && (HostOf(url) ?? url.Host.Trim('[', ']')) is { } host && PublicUrls.IsLoopback(host);

    /// <summary>The name of the host in ASCII; null where it is an address, or no name that there can be.</summary>
    private static string? HostOf(Uri url)
    {
        try
        {
            return url.HostNameType == UriHostNameType.Dns ? url.IdnHost : null;
        }
        catch (UriFormatException)
        {
            // Such as xn-- and what is no Punycode: only whoever asks for the name is told.
            return null;
        }
    }

    private static bool Matches(string pattern, string host) => pattern.StartsWith(Any, StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Where SignalWire reaches this app.</summary>
public sealed class PublicUrlOptions
{
    /// <summary>
    /// Scheme, host and, behind a gateway that strips it, a path: <c>https://rooms.example.com</c>. Everything that is signed or
    /// minted is built from it. Default: <c>https://{WEBSITE_HOSTNAME}</c>.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>
    /// Takes the host name that Azure gave the app where there is no <see cref="PublicBaseUrl"/>; or the one of the Functions tools, which
    /// listen on this machine, without https.
    /// </summary>
    public void UseHostName(string? hostName)
    {
        string? given = PublicBaseUrl?.Trim();
        string scheme = Uri.TryCreate($"http://{hostName}", UriKind.Absolute, out Uri? url) && PublicUrls.IsLoopback(url) ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
        PublicBaseUrl = !string.IsNullOrEmpty(given) ? given : string.IsNullOrEmpty(hostName) ? null : $"{scheme}://{hostName}";
    }
}

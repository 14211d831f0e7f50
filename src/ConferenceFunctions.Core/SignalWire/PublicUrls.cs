using System.Net;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Mints the URLs that SignalWire is given, each with the token that lets it in. Only unreserved characters in what is added.</summary>
public sealed class PublicUrls
{
    /// <summary>What every route begins with: the route prefix of host.json.</summary>
    public const string RoutePrefix = "/api";

    private readonly CapabilityTokens _tokens;

    /// <summary>Takes the base URL from the configuration.</summary>
    public PublicUrls(IOptions<PublicUrlOptions> options, CapabilityTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(options);
        BaseUrl = options.Value.PublicBaseUrl!.TrimEnd('/');
        _tokens = tokens;
    }

    /// <summary>The public base URL, without a slash at its end.</summary>
    public string BaseUrl { get; }

    /// <summary>URL to fetch a document from, with further query parameters (<c>role=moderator</c>), already escaped, where given.</summary>
    public string Swml(string document, string? query = null) => Mint("swml", document, "", TokenPurpose.Swml, query);

    /// <summary>URL to fetch a document's hold music from.</summary>
    public string Wait(string document) => Mint("swml", document, "/wait", TokenPurpose.Wait, null);

    /// <summary>URL to post conference events to.</summary>
    public string ConferenceCallback(string document) => Mint("callbacks/conference", document, "", TokenPurpose.Conference, null);

    /// <summary>URL to post recording events to.</summary>
    public string RecordingCallback(string document) => Mint("callbacks/recording", document, "", TokenPurpose.Recording, null);

    /// <summary>Whether a URL's host is this machine itself, so that nobody else can reach it.</summary>
    public static bool IsLoopback(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return IsLoopback(url.IdnHost.Trim('[', ']'));
    }

    /// <summary>Whether a host is this machine itself.</summary>
    public static bool IsLoopback(string host) =>
        "localhost".Equals(host, StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    private string Mint(string route, string document, string suffix, TokenPurpose purpose, string? query)
    {
        string? token = _tokens.Mint(purpose, document);
        string separator = string.IsNullOrEmpty(query) || token is null ? "" : "&";
        string parameters = $"{query}{separator}{(token is null ? "" : $"{CapabilityTokens.Parameter}={token}")}";
        return $"{BaseUrl}{RoutePrefix}/{route}/{document}{suffix}{(parameters.Length == 0 ? "" : "?")}{parameters}";
    }
}

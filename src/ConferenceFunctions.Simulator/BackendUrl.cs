using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Simulator;

/// <summary>Where the backend of a document is.</summary>
internal static class BackendUrl
{
    private const string Api = "/api/";

    /// <summary>Everything before <c>/api/</c>, without credentials; null where it is no such URL.</summary>
    public static string? Of(string url)
    {
        if (!IsWeb(url))
        {
            return null;
        }

        var uri = new Uri(url);
        int api = uri.AbsolutePath.IndexOf(Api, StringComparison.Ordinal);
        return api < 0 ? null : uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) + uri.AbsolutePath[..api];
    }

    /// <summary>What is wrong with URLs of documents, in one line that says what to do; null where they can be used.</summary>
    public static string? Fault(IReadOnlyList<string> urls)
    {
        if (urls.Count == 0)
        {
            return "There is no document to fetch. Give --url with the swml_url of a document.";
        }

        if (urls.FirstOrDefault(url => Of(url) is null) is { } unusable)
        {
            return $"'{unusable}' is no URL of a document. Give --url with the swml_url of one, such as http://127.0.0.1:7071/api/swml/team?t=….";
        }

        return urls.FirstOrDefault(url => Of(url) != Of(urls[0])) is { } elsewhere
            ? $"'{elsewhere}' is of another backend than '{urls[0]}'. Give URLs of one backend."
            : null;
    }

    /// <summary>Whether a callback to that URL reaches the backend.</summary>
    public static bool LeadsTo(string backend, string url) =>
        IsWeb(url) && Canonical(url).StartsWith(Canonical(backend + "/"), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is an absolute http or https URL.</summary>
    public static bool IsWeb(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    // This machine has more names than one.
    private static string Canonical(string url)
    {
        var uri = new UriBuilder(url) { Query = "", Fragment = "", UserName = "", Password = "" };
        uri.Host = PublicUrls.IsLoopback(uri.Uri) ? "localhost" : uri.Host;
        return uri.Uri.AbsoluteUri;
    }
}

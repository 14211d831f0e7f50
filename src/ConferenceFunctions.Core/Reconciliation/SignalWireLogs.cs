using System.Globalization;
using System.Net;
using System.Text.Json;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>
/// Reads SignalWire's log of conferences, <c>GET /api/logs/conferences</c>. The token goes to the space's own host alone: redirects
/// and links that lead elsewhere are refused.
/// </summary>
public sealed class SignalWireLogs(
    HttpClient http, IOptions<SignalWireOptions> access, IOptions<ReconciliationOptions> options, IOptions<RecordingOptions> recordings, TimeProvider time)
{
    private const string Path = "/api/logs/conferences";
    private const int MaxAttempts = 4;
    private const int MaxPageBytes = 16 * 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Whether there is access to a space.</summary>
    public bool IsConfigured => access.Value.IsConfigured;

    /// <summary>The HTTP client that it needs.</summary>
    public static HttpClient CreateHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = MaxPageBytes,
    };

    /// <summary>Reads the page of a sweep that is next.</summary>
    /// <exception cref="ReconciliationException">SignalWire does not give it.</exception>
    public async Task<SignalWireLogPage> ReadAsync(ReconciliationSweep sweep, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sweep);
        Uri page = Locate(access.Value.SpaceUrl!, sweep.NextPage ?? First(sweep));
        try
        {
            using HttpResponseMessage response = await GetAsync(page, cancellationToken);
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using JsonDocument json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return Read(json.RootElement, page);
        }
        catch (HttpRequestException exception)
        {
            throw new ReconciliationException($"{page.Host} can't be reached: {exception.HttpRequestError}.", exception);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ReconciliationException($"{page.Host}{Path} answers with what is no list of conferences.", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ReconciliationException($"{page.Host} does not answer within {Timeout.TotalSeconds} s.", exception);
        }
    }

    private string First(ReconciliationSweep sweep) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Path}?created_after={Format(sweep.From)}&created_before={Format(sweep.Until)}&page_size={options.Value.PageSize}");

    private async Task<HttpResponseMessage> GetAsync(Uri page, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, page);
            request.Headers.Authorization = access.Value.Authorization;
            request.Headers.Accept.ParseAdd("application/json");
            HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return response;
            }

            using (response)
            {
                TimeSpan wait = RetryAfter(response);
                if (response.StatusCode != HttpStatusCode.TooManyRequests || attempt == MaxAttempts || wait > LongestWait)
                {
                    throw new ReconciliationException(Explain(response, page.Host)) { PageIsGone = IsGone(response.StatusCode) };
                }

                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private SignalWireLogPage Read(JsonElement root, Uri page)
    {
        JsonElement data = root.GetProperty("data");
        SignalWireConference[] conferences = [.. data.EnumerateArray().Select(SignalWireConference.Read).OfType<SignalWireConference>()];
        // Without anything behind the last page there may be no links at all, or null instead of one.
        string? next = root.TryGetProperty("links", out JsonElement links) && links.ValueKind == JsonValueKind.Object && links.TryGetProperty("next", out JsonElement link)
            && link.ValueKind == JsonValueKind.String
            ? link.GetString()
            : null;
        return new SignalWireLogPage(conferences, data.GetArrayLength() - conferences.Length, string.IsNullOrEmpty(next) ? null : Locate(page, next).PathAndQuery);
    }

    /// <summary>The address of a page, if the token may go there.</summary>
    private Uri Locate(Uri from, string page)
    {
        Uri space = access.Value.SpaceUrl!;
        if (!Uri.TryCreate(from, page, out Uri? url))
        {
            throw new ReconciliationException($"A link in the log of {space.Host} is none; it is not followed.");
        }

        if (url.GetLeftPart(UriPartial.Authority) != space.GetLeftPart(UriPartial.Authority) || url.AbsolutePath != Path)
        {
            throw new ReconciliationException($"A link in the log of {space.Host} leads to {url.Host}{url.AbsolutePath}; it is not followed.");
        }

        return url.Scheme == Uri.UriSchemeHttps || (recordings.Value.AllowLoopback && PublicUrls.IsLoopback(url))
            ? url
            : throw new ReconciliationException("The log is read by https only. Set SignalWire__SpaceUrl to the https URL of the space.");
    }

    private TimeSpan RetryAfter(HttpResponseMessage response)
    {
        TimeSpan wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => DefaultWait,
        };
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static string Explain(HttpResponseMessage response, string host) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            $"{host} refuses the project and its token ({(int)response.StatusCode}). Check SignalWire__ProjectId and SignalWire__ApiToken.",
        HttpStatusCode.NotFound => $"{host} has no {Path} (404). Check SignalWire__SpaceUrl.",
        HttpStatusCode.TooManyRequests => $"{host} asks to wait (429).",
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
            $"{host} redirects ({(int)response.StatusCode}), and a token is not sent after a redirect. Check SignalWire__SpaceUrl.",
        var status => $"{host} answers with status {(int)status}.",
    };

    private static bool IsGone(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.UnprocessableEntity;

    private static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}

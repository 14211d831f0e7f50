using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Asks for recordings. Follows redirects itself and checks each; shows credentials only where they are asked for, only to
/// SignalWire, and never carries them on.
/// </summary>
public sealed class RecordingClient : IDisposable
{
    private const int MaxRedirects = 3;
    private const int MaxAnswerBytes = 64 * 1024;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private static readonly ProductInfoHeaderValue UserAgent = new(new ProductHeaderValue("ConferenceFunctions"));

    private readonly HttpMessageInvoker _http;
    private readonly RecordingHosts _hosts;
    private readonly SignalWireOptions _signalWire;
    private readonly TimeProvider _time;

    /// <summary>A client with connections of its own.</summary>
    public RecordingClient(IOptions<RecordingOptions> options, IOptions<SignalWireOptions> signalWire, TimeProvider time)
        : this(options, signalWire, time, new RecordingConnector(options.Value.AllowLoopback).CreateHandler())
    {
    }

    internal RecordingClient(IOptions<RecordingOptions> options, IOptions<SignalWireOptions> signalWire, TimeProvider time, SocketsHttpHandler handler)
    {
        (_signalWire, _time) = (signalWire.Value, time);
        _hosts = new RecordingHosts(options.Value, signalWire.Value);
        _http = new HttpMessageInvoker(handler);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    /// <summary>Asks for a recording, or for the rest of it.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="from">First byte.</param>
    /// <param name="version">The version that the bytes before are of: only of that version is the rest of any use.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="HttpRequestException">The connection broke before there was an answer.</exception>
    internal async Task<RecordingAnswer> GetAsync(Uri source, long from, SourceVersion? version, CancellationToken cancellationToken)
    {
        (Uri url, bool authorize) = (source, false);
        for (int redirects = 0; redirects <= MaxRedirects;)
        {
            if (_hosts.Refuses(url) is { } reason)
            {
                return new RecordingAnswer(RecordingFault.Final(redirects == 0 ? reason : $"The source redirects. {reason}"));
            }

            HttpResponseMessage response;
            try
            {
                response = await SendAsync(HttpMethod.Get, url, authorize, from, version, cancellationToken);
            }
            catch (HttpRequestException exception) when (exception.GetBaseException() is RefusedAddressException refused)
            {
                return new RecordingAnswer(RecordingFault.Final(refused.Message));
            }
            catch (HttpRequestException exception) when (exception.InnerException is not IOException)
            {
                return new RecordingAnswer(new RecordingFault($"{url.IdnHost} can't be reached ({exception.HttpRequestError})."));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new RecordingAnswer(new RecordingFault($"{url.IdnHost} can't be reached (no connection in time)."));
            }

            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                return new RecordingAnswer(response);
            }

            using (response)
            {
                if (RedirectOf(response, url) is { } target)
                {
                    (url, authorize, redirects) = (target, false, redirects + 1);
                }
                else if (IsRefusal(response) && !authorize && _hosts.TakesCredentials(url))
                {
                    authorize = true;
                }
                else
                {
                    return new RecordingAnswer(RecordingFault.Of(response, authorize, _time.GetUtcNow()));
                }
            }
        }

        return new RecordingAnswer(new RecordingFault($"The source redirects more than {MaxRedirects} times."));
    }

    /// <summary>Deletes a recording at SignalWire; the URL tells whether it is one of the project's own space at all.</summary>
    /// <returns>Null where it is gone, or was never there; otherwise why it is not.</returns>
    internal async Task<RecordingFault?> DeleteAsync(string recordingId, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Delete, AtSignalWire(recordingId), authorize: true, 0, null, cancellationToken);
            return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone
                ? null
                : new RecordingFault($"It is archived, but SignalWire does not delete it ({(int)response.StatusCode}).", RetryAfter: RecordingFault.RetryAfterOf(response, _time.GetUtcNow()));
        }
        catch (HttpRequestException exception)
        {
            return new RecordingFault($"It is archived, but SignalWire can't be reached to delete it ({exception.HttpRequestError}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new RecordingFault("It is archived, but SignalWire can't be reached to delete it (no connection in time).");
        }
    }

    /// <summary>Asks SignalWire, <c>GET /api/relay/rest/recordings/{id}</c>, which conference a recording is of.</summary>
    /// <returns>The conference's id; null where SignalWire does not know it, does not answer, or can't be asked.</returns>
    internal async Task<string?> FindConferenceAsync(string recordingId, CancellationToken cancellationToken)
    {
        if (!_signalWire.IsConfigured || !IsOfSignalWire(recordingId) || !_hosts.TakesCredentials(AtSignalWire(recordingId)))
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(AnswerTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using HttpResponseMessage response = await SendAsync(HttpMethod.Get, AtSignalWire(recordingId), authorize: true, 0, null, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                return null;
            }

            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, either.Token);
            JsonNode? answer = await JsonNode.ParseAsync(await response.Content.ReadAsStreamAsync(either.Token), cancellationToken: either.Token);
            return answer is JsonObject recording && recording["relay_conference_id"] is JsonValue id && id.TryGetValue(out string? conferenceId) && conferenceId.Length > 0
                ? conferenceId
                : null;
        }
        // JSON nodes answer half a surrogate pair, and a name that is there twice, with exceptions of their own.
        catch (Exception exception) when (
            exception is (HttpRequestException or IOException or JsonException or InvalidOperationException or ArgumentException or OperationCanceledException)
            && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Whether a recording can be deleted at SignalWire: it is there, and has an id of SignalWire's.</summary>
    internal bool CanDelete(string recordingId, Uri source) => IsOfSignalWire(recordingId) && _hosts.TakesCredentials(source);

    // The hash that stands for an id of ours is hex digits, too, but without dashes; SignalWire would say that it has it no longer.
    private static bool IsOfSignalWire(string recordingId) => Guid.TryParseExact(recordingId, "D", out _);

    private Uri AtSignalWire(string recordingId) => new(_signalWire.SpaceUrl!, $"/api/relay/rest/recordings/{Uri.EscapeDataString(recordingId)}");

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri url, bool authorize, long from, SourceVersion? version, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.UserAgent.Add(UserAgent);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        request.Headers.Authorization = authorize ? _signalWire.Authorization : null;
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
            request.Headers.IfRange = version!.IfRange;
        }

        return await _http.SendAsync(request, cancellationToken);
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri url) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && Uri.TryCreate(url, response.Headers.Location, out Uri? target) ? target : null;

    private static bool IsRefusal(HttpResponseMessage response) => response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
}

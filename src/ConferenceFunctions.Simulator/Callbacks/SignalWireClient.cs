using System.Net.Http.Headers;
using System.Text;

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>Sends requests as SignalWire does: signed where there is a key, and patient for five seconds.</summary>
/// <param name="http">Sends them.</param>
/// <param name="signer">Signs them; null where there is no key.</param>
/// <param name="time">The clock.</param>
internal sealed class SignalWireClient(HttpClient http, RequestSigner? signer, TimeProvider time)
{
    private const int MaxRedirects = 3;

    /// <summary>How long SignalWire waits for an answer.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(30);

    /// <summary>An HTTP client with the limits of SignalWire's.</summary>
    public static HttpClient CreateHttp() => new(new SocketsHttpHandler
    {
        ConnectTimeout = ConnectTimeout,
        MaxAutomaticRedirections = MaxRedirects,
    })
    {
        Timeout = LongestRequest,
    };

    /// <summary>Sends a request.</summary>
    /// <returns>Status and body of the answer; without one, why there is none.</returns>
    public async Task<SignalWireAnswer> SendAsync(CallbackRequest request, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(AnswerTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        long began = time.GetTimestamp();
        try
        {
            using HttpRequestMessage message = Create(request);
            using HttpResponseMessage response = await http.SendAsync(message, either.Token);
            byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return new SignalWireAnswer((int)response.StatusCode, body, time.GetElapsedTime(began), null);
        }
        catch (HttpRequestException exception)
        {
            return new SignalWireAnswer(null, [], time.GetElapsedTime(began), exception.GetBaseException().Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SignalWireAnswer(null, [], time.GetElapsedTime(began), $"no answer within {AnswerTimeout.TotalSeconds} s");
        }
    }

    // Credentials in a URL are no part of what is requested and signed.
    private HttpRequestMessage Create(CallbackRequest request)
    {
        Uri bare = new UriBuilder(request.Url) { UserName = "", Password = "" }.Uri;
        var message = new HttpRequestMessage(request.Method, bare);
        if (request.ContentType is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        if (request.Url.UserInfo.Length > 0)
        {
            byte[] credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(request.Url.UserInfo));
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }

        foreach ((string name, string value) in signer?.Sign(request with { Url = bare }) ?? [])
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}

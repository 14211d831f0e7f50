using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Asks the backend what it knows.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="backend">Base URL of the backend.</param>
/// <param name="key">Function key; null where it asks for none.</param>
internal sealed class BackendClient(HttpClient http, string backend, string? key)
{
    private const string KeyHeader = "x-functions-key";
    private const int PageSize = 1000;

    /// <summary>Everything that the backend knows of a conference.</summary>
    public async Task<BackendState> ReadAsync(string conferenceId, CancellationToken cancellationToken)
    {
        string url = UrlOf(conferenceId);
        try
        {
            if (await GetAsync(url, ApiJson.Default.Conference, cancellationToken) is not { } conference)
            {
                return BackendState.Unknown;
            }

            IReadOnlyList<Recording> recordings = await GetPagesAsync($"{url}/recordings", ApiJson.Default.PageRecording, cancellationToken);
            return new BackendState(
                conference,
                await GetPagesAsync($"{url}/participants", ApiJson.Default.PageParticipant, cancellationToken),
                await GetPagesAsync($"{url}/events?limit={PageSize}", ApiJson.Default.PageConferenceLogEntry, cancellationToken),
                recordings)
            {
                AudioHashes = await HashAudioAsync(url, recordings, cancellationToken),
            };
        }
        catch (HttpRequestException exception)
        {
            return BackendState.Unknown with { Fault = Explain(exception) };
        }
        catch (JsonException exception)
        {
            return BackendState.Unknown with { Fault = $"the API's answer can't be read: {exception.Message}" };
        }
        catch (OperationCanceledException exception) when (IsTimeout(exception, cancellationToken))
        {
            return BackendState.Unknown with { Fault = "the API does not answer" };
        }
    }

    /// <summary>Whether the backend refuses the key, or asks for one.</summary>
    public async Task<bool> RefusesAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Nobody has such a conference: who may ask is told so.
            using HttpResponseMessage response = await SendAsync(UrlOf(Guid.NewGuid().ToString()), cancellationToken);
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
        }
        catch (Exception exception) when (exception is HttpRequestException || IsTimeout(exception, cancellationToken))
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<T>> GetPagesAsync<T>(string url, JsonTypeInfo<Page<T>> type, CancellationToken cancellationToken)
    {
        List<T> items = [];
        Uri? next = new(url);
        while (next is not null)
        {
            Page<T>? page = await GetAsync(next.AbsoluteUri, type, cancellationToken);
            items.AddRange(page?.Items ?? []);
            next = page?.Next is null ? null : new Uri(next, page.Next);
        }

        return items;
    }

    private async Task<Dictionary<string, string>> HashAudioAsync(string url, IEnumerable<Recording> recordings, CancellationToken cancellationToken)
    {
        Dictionary<string, string> hashes = [];
        foreach (Recording recording in recordings.Where(recording => recording.Status == RecordingStatus.Archived))
        {
            string audio = $"{url}/recordings/{Uri.EscapeDataString(recording.RecordingId)}/audio";
            if (await GetAsync(audio, ApiJson.Default.RecordingLink, cancellationToken) is { } link
                && await HashAsync(link, cancellationToken) is { } hash)
            {
                hashes[recording.RecordingId] = hash;
            }
        }

        return hashes;
    }

    private async Task<string?> HashAsync(RecordingLink link, CancellationToken cancellationToken)
    {
        try
        {
            // Not by the redirect: that would take the key along to storage.
            await using Stream content = await http.GetStreamAsync(new Uri(link.Url), cancellationToken);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
    }

    private async Task<T?> GetAsync<T>(string url, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using HttpResponseMessage response = await SendAsync(url, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, type, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(string url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Accept = { new("application/json") } } };
        if (key is not null)
        {
            request.Headers.Add(KeyHeader, key);
        }

        return await http.SendAsync(request, cancellationToken);
    }

    private string UrlOf(string conferenceId) => $"{backend}/api/conferences/{conferenceId}";

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private static string Explain(HttpRequestException exception) => exception.StatusCode switch
    {
        { } status => $"the API answers with status {(int)status}",
        null => $"the API can't be reached: {exception.GetBaseException().Message}",
    };
}

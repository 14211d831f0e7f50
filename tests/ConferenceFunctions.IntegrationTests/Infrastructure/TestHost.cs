using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.LocalHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>The app in this process, on an account of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Settings of a host that takes callbacks, and leaves them in the queue.</summary>
    public static Dictionary<string, string?> NotApplied => new() { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" };

    private readonly LocalHostApp _app;

    private TestHost(LocalHostApp app) => (_app, Client) = (app, new HttpClient { BaseAddress = new Uri(app.BaseUrl + "/api/") });

    /// <summary>Sends requests to routes below <c>/api/</c>.</summary>
    public HttpClient Client { get; }

    /// <summary>Where it listens.</summary>
    public string BaseUrl => _app.BaseUrl;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Its URLs, with tokens.</summary>
    public PublicUrls Urls => Services.GetRequiredService<PublicUrls>();

    /// <summary>Its storage.</summary>
    public StorageAccount Storage => Services.GetRequiredService<StorageAccount>();

    /// <summary>Callbacks that wait to be put into the queue.</summary>
    public int PendingCallbacks => Services.GetRequiredService<CallbackEnqueuer>().Pending;

    /// <summary>Starts the app.</summary>
    /// <param name="azurite">Where its account is.</param>
    /// <param name="settings">Settings on top of the sample's.</param>
    /// <param name="storage">Connection string of its account; null for a new one.</param>
    /// <param name="logging">Adds to where its log goes.</param>
    /// <param name="time">What time it believes it is; null for the system's.</param>
    public static async Task<TestHost> StartAsync(
        AzuriteFixture azurite,
        Dictionary<string, string?>? settings = null,
        string? storage = null,
        Action<ILoggingBuilder>? logging = null,
        TimeProvider? time = null) => new(
        await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                Urls = "http://127.0.0.1:0",
                Storage = storage ?? azurite.NewAccount(),
                Logging = logging,
                Time = time ?? TimeProvider.System,
                // A test has no time to wait for a poll of an idle queue.
                Settings = new Dictionary<string, string?>(settings ?? []) { ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.100" },
            },
            _ => { },
            TestContext.Current.CancellationToken));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Posts a conference event.</summary>
    public async Task<HttpResponseMessage> PostEventAsync(string json, string document = "room")
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Client.PostAsync(new Uri(Urls.ConferenceCallback(document)), content, TestContext.Current.CancellationToken);
    }

    /// <summary>Gets a value of the API; null for 404.</summary>
    public async Task<T?> GetAsync<T>(string route, JsonTypeInfo<T> type) where T : class
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode == System.Net.HttpStatusCode.NotFound
            ? null
            : await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(type, TestContext.Current.CancellationToken);
    }

    /// <summary>The events in the log of a conference.</summary>
    public async Task<IReadOnlyList<ConferenceLogEntry>> EventsAsync(string conferenceId)
    {
        Page<ConferenceLogEntry>? page = await GetAsync($"conferences/{conferenceId}/events?limit=1000", ApiJson.Default.PageConferenceLogEntry);
        return page?.Items ?? [];
    }

    /// <summary>Waits until something is as expected; callbacks are applied some time after they were acknowledged.</summary>
    public static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> expected)
    {
        for (long start = TimeProvider.System.GetTimestamp(); ;)
        {
            T value = await read();
            if (expected(value) || TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                return value;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

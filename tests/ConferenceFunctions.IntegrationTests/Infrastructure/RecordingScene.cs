using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>The app, and a recording server that may misbehave: in its own way for each recording.</summary>
public sealed class RecordingScene : IAsyncLifetime
{
    public const string ProjectId = "project-of-the-scene";
    public const string ApiToken = "token-of-the-scene";
    public const int Retries = 3;

    private readonly AzuriteFixture _azurite;
    private readonly ConcurrentDictionary<string, Func<HttpContext, RequestDelegate, Task>> _misbehaviours = new(StringComparer.OrdinalIgnoreCase);
    private int _conferences;

    public RecordingScene(AzuriteFixture azurite) => (_azurite, StorageAccount) = (azurite, azurite.NewAccount());

    /// <summary>The app.</summary>
    public TestHost Host { get; private set; } = null!;

    /// <summary>Connection string of its account.</summary>
    public string StorageAccount { get; }

    /// <summary>What it logs.</summary>
    public LogCapture Log { get; } = new();

    internal RecordingServer Server { get; private set; } = null!;

    /// <summary>Settings of the app: attempts follow each other at once.</summary>
    public Dictionary<string, string?> Settings() => new()
    {
        ["Recordings:RetrySchedule"] = string.Join(' ', Enumerable.Repeat("00:00:00", Retries)),
        ["Recordings:StallTimeout"] = "00:00:03",
        ["Recordings:MaxBytes"] = "268435456",
        ["SignalWire:SpaceUrl"] = Server.BaseUrl,
        ["SignalWire:ProjectId"] = ProjectId,
        ["SignalWire:ApiToken"] = ApiToken,
    };

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Server = (await RecordingServer.StartAsync(0, CancellationToken.None))!;
        Server.Misbehave = (context, next) =>
            _misbehaviours.FirstOrDefault(pair => context.Request.Path.Value!.Contains(pair.Key, StringComparison.OrdinalIgnoreCase)).Value is { } misbehave
                ? misbehave(context, next)
                : next(context);
        Host = await StartHostAsync(StorageAccount);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Server.DisposeAsync();
    }

    /// <summary>
    /// Starts another instance of the app on the same storage, which does only what it is told to: one that polled the queues would
    /// take messages with it when it ends.
    /// </summary>
    public Task<TestHost> StartIdleHostAsync(params (string Key, string Value)[] settings) => StartHostAsync(
        StorageAccount, [("AzureWebJobs.ArchiveRecording.Disabled", "true"), ("AzureWebJobs.ApplyCallbacks.Disabled", "true"), .. settings]);

    /// <summary>Starts another instance of the app.</summary>
    public Task<TestHost> StartHostAsync(string storage, params (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> all = Settings();
        Array.ForEach(settings, setting => all[setting.Key] = setting.Value);
        return TestHost.StartAsync(_azurite, all, storage, logging => logging.AddProvider(Log));
    }

    /// <summary>Connection string of an account that nobody else uses.</summary>
    public string NewStorage() => _azurite.NewAccount();

    /// <summary>Has a recording served.</summary>
    /// <returns>Its id.</returns>
    public string Add(byte[] audio, Func<HttpContext, RequestDelegate, Task>? misbehave = null)
    {
        string id = Guid.NewGuid().ToString();
        Server.Add(id, RecordedAudio.Of(audio));
        Misbehave(id, misbehave);
        return id;
    }

    /// <summary>Has the server misbehave with a recording; null: no longer.</summary>
    public void Misbehave(string id, Func<HttpContext, RequestDelegate, Task>? misbehave) =>
        _misbehaviours[id] = misbehave ?? ((context, next) => next(context));

    /// <summary>Where a recording is.</summary>
    public string UrlOf(string id) => Server.BaseUrl + RecordingServer.PathOf(id);

    /// <summary>How often a recording was asked for.</summary>
    public int RequestsOf(string id) => Server.Requests.Count(request => request.Path.Contains(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>An id that no other conference has.</summary>
    public string NewConference() => $"conference-{Interlocked.Increment(ref _conferences)}";

    /// <summary>Tells the app of a recording.</summary>
    public async Task AnnounceAsync(string conference, string url, long? size = null, string status = "record-stop", double second = 60)
    {
        var more = new JsonObject { ["recording_url"] = url, ["recording_duration"] = 2 };
        if (size is not null)
        {
            more["recording_file_size"] = size;
        }

        using HttpResponseMessage response = await Host.PostEventAsync(Callback.Json(conference, status, second, more: more));
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Has the event of a recording applied, and no job made of it.</summary>
    public async Task PutRowAsync(string conference, string id, long? size = null, TestHost? host = null)
    {
        var more = new JsonObject { ["recording_url"] = UrlOf(id), ["recording_file_size"] = size };
        byte[] body = Encoding.UTF8.GetBytes(Callback.Json(conference, "record-stop", 60, more: more));
        Assert.True(CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? e, out string? _));
        var callback = new QueuedCallback(e.Id, CallbackKind.Conference, "room", TimeProvider.System.GetUtcNow(), body);
        await (host ?? Host).Services.GetRequiredService<ConferenceApplier>().ApplyAsync(conference, [new ReceivedEvent(e, callback)]);
    }

    /// <summary>Tells the app of a recording and waits until it is archived, or has failed.</summary>
    public async Task<Recording> ArchiveAsync(string id, long? size = null)
    {
        string conference = NewConference();
        await AnnounceAsync(conference, UrlOf(id), size);
        return await SettledAsync(conference);
    }

    /// <summary>Waits until the one recording of a conference is archived, or has failed. Until its events are applied it is missing.</summary>
    public async Task<Recording> SettledAsync(string conference)
    {
        IReadOnlyList<Recording> recordings = await TestHost.EventuallyAsync(
            () => RecordingsAsync(conference), recordings => recordings is [{ Status: not (RecordingStatus.Pending or RecordingStatus.Missing) }]);
        return Assert.Single(recordings);
    }

    /// <summary>The recordings of a conference.</summary>
    public async Task<IReadOnlyList<Recording>> RecordingsAsync(string conference, TestHost? host = null) =>
        (await (host ?? Host).GetAsync($"conferences/{conference}/recordings", ApiJson.Default.PageRecording))?.Items ?? [];

    /// <summary>The blobs of a conference.</summary>
    public async Task<List<BlobItem>> BlobsAsync(string conference)
    {
        List<BlobItem> blobs = [];
        await foreach (BlobItem blob in Container.GetBlobsAsync(new GetBlobsOptions { Prefix = conference + "/", Traits = BlobTraits.Metadata }, TestContext.Current.CancellationToken))
        {
            blobs.Add(blob);
        }

        return blobs;
    }

    /// <summary>What is in a blob.</summary>
    public async Task<byte[]> ReadAsync(string blob)
    {
        Response<BlobDownloadResult> content = await Container.GetBlobClient(blob).DownloadContentAsync(TestContext.Current.CancellationToken);
        return content.Value.Content.ToArray();
    }

    /// <summary>Waits until no job is left, not even one that is hidden.</summary>
    public Task NoJobsAsync() => TestHost.EventuallyAsync(
        async () => (await Host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount,
        count => count == 0);

    private BlobContainerClient Container => Host.Storage.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer);
}

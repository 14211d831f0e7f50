using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Retention;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.IntegrationTests;

public class RetentionTests(AzuriteFixture azurite)
{
    private const double Day = 86_400;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Conferences_that_ended_before_are_erased_and_no_others()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await ApplyAsync(host, "old", ("conference-start", 0), ("conference-end", 10));
        await ApplyAsync(host, "old-and-long", ("conference-start", -3 * Day), ("conference-end", 10));
        await ApplyAsync(host, "old-without-end", ("conference-start", 0), ("participant-join", 10));
        await ApplyAsync(host, "began-before", ("conference-start", 0), ("conference-end", 2 * Day));
        await ApplyAsync(host, "young", ("conference-start", 2 * Day), ("conference-end", (2 * Day) + 1));
        await ApplyAsync(host, "live", ("conference-start", 0), ("participant-join", (31 * Day) - 3600));
        await ApplyAsync(host, "of-the-future", ("conference-start", 100_000 * Day), ("conference-end", 100_000 * Day));
        await ApplyAsync(host, "of-the-future-without-end", ("conference-start", 100_000 * Day));
        await ApplyAsync(host, "without-time", ("conference-end", double.NaN));

        await SweepAsync(host);
        Assert.Equal(
            ["began-before", "live", "of-the-future", "of-the-future-without-end", "without-time", "young"], await RemainingAsync(host));

        // Of a time that can't be true it is the time of writing that counts.
        _time.SetUtcNow(TimeProvider.System.GetUtcNow().AddDays(40));
        await SweepAsync(host);
        Assert.Empty(await RemainingAsync(host));
        Assert.Empty(await host.RowsAsync(StorageNames.ConferenceIndexTable));
        Assert.Equal(9, (await host.RowsAsync(StorageNames.ConferenceTable)).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Without_a_number_of_days_everything_is_kept(int? days)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await ApplyAsync(host, "old", ("conference-start", 0), ("conference-end", 10));
        await CallAsync(host, "a", 0);
        await LetterAsync(host, "1");
        _time.Advance(TimeSpan.FromDays(1000));

        await SweepAsync(host, days);

        Assert.Equal(["old"], await RemainingAsync(host));
        Assert.Single(await host.RowsAsync(StorageNames.CallTable));
        Assert.Single(await host.DeadLettersAsync());
    }

    [Fact]
    public async Task Who_called_and_dead_letters_go_after_their_time_and_so_do_bodies_that_a_crash_left()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await CallAsync(host, "old", 0);
        await CallAsync(host, "young", 20);
        await LetterAsync(host, "old");
        _time.Advance(TimeSpan.FromDays(20));
        await LetterAsync(host, "young");
        _time.Advance(TimeSpan.FromDays(15));

        await SweepAsync(host);
        Assert.Equal("young", Assert.Single(await host.RowsAsync(StorageNames.CallTable)).PartitionKey);
        Assert.Equal("young", Assert.Single(await host.DeadLettersAsync()).Error);
        Assert.Single(await host.BlobsAsync(StorageNames.DeadLetterContainer));

        await host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer)
            .GetBlobClient("_/orphan").UploadAsync(BinaryData.FromString("x"), TestContext.Current.CancellationToken);
        _time.SetUtcNow(TimeProvider.System.GetUtcNow().AddDays(40));
        await SweepAsync(host);
        Assert.Empty(await host.BlobsAsync(StorageNames.DeadLetterContainer));
    }

    [Fact]
    public async Task Of_recordings_whose_conference_was_never_found_each_goes_after_its_own_time()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["AzureWebJobs.ArchiveRecording.Disabled"] = "true" });
        string[] ids = [.. Enumerable.Range(1, 3).Select(i => $"{i:D8}-0000-4000-8000-000000000000")];
        int[] days = [0, 2, 31];
        foreach ((string id, int day) in ids.Zip(days))
        {
            await host.Services.GetRequiredService<ConferenceApplier>().ApplyAsync(ConferenceMatcher.Unknown, [Received(Callback.Json(
                ConferenceMatcher.Unknown, "record-stop", day * Day, "call", new() { ["recording_url"] = $"https://files.signalwire.com/space/project/recordings/{id}.wav" }))]);
            foreach (string blob in new[] { $"unknown/{id}.wav", $"unknown/{id}.wav.json" })
            {
                await host.Storage.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer)
                    .UploadBlobAsync(blob, BinaryData.FromString("audio"), TestContext.Current.CancellationToken);
            }
        }

        // The first is 31 days old, and the conference goes on.
        await SweepAsync(host);

        Assert.Equal([ids[1], ids[2]], await RowsAsync(StorageKey.RecordingPrefix));
        Assert.Equal(2, (await RowsAsync(StorageKey.EventPrefix)).Count);
        Assert.Equal(
            [$"unknown/{ids[1]}.wav", $"unknown/{ids[1]}.wav.json", $"unknown/{ids[2]}.wav", $"unknown/{ids[2]}.wav.json"],
            (await host.BlobsAsync(StorageNames.RecordingContainer)).Order(StringComparer.Ordinal));

        async Task<List<string>> RowsAsync(string prefix) => [.. (await host.RowsAsync(StorageNames.ConferenceTable))
            .Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).Select(row => row.RowKey[prefix.Length..]).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task A_sweep_ends_when_its_time_is_up_and_the_next_one_finishes()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        for (int i = 0; i < 12; i++)
        {
            await ApplyAsync(host, $"c{i:D2}", ("conference-start", i), ("conference-end", i + 1));
        }

        proxy.Intercept = (_, context) =>
        {
            if (context.Request.Path.Value!.Contains("PartitionKey='erasing'", StringComparison.Ordinal))
            {
                _time.Advance(TimeSpan.FromMinutes(2));
            }

            return Task.FromResult(false);
        };
        await SweepAsync(host);
        int left = (await RemainingAsync(host)).Count;
        proxy.Resume();
        await SweepAsync(host);

        Assert.InRange(left, 1, 11);
        Assert.Empty(await RemainingAsync(host));
    }

    [Fact]
    public async Task One_that_resists_does_not_keep_the_others()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        for (int i = 0; i < 3; i++)
        {
            await ApplyAsync(host, $"c{i}", ("conference-start", i), ("conference-end", i + 1));
        }

        proxy.Intercept = (_, context) =>
        {
            bool refused = context.Request.Path.Value!.Contains("PartitionKey='erasing',RowKey='c1'", StringComparison.Ordinal);
            context.Response.StatusCode = refused ? 400 : 200;
            return Task.FromResult(refused);
        };
        await SweepAsync(host);

        Assert.Equal(["c1"], await RemainingAsync(host));
    }

    private static async Task ApplyAsync(TestHost host, string id, params (string Status, double Second)[] events) =>
        await host.Services.GetRequiredService<ConferenceApplier>().ApplyAsync(id, [.. events.Select(e =>
        {
            string json = Callback.Json(id, e.Status, double.IsNaN(e.Second) ? 0 : e.Second, "call");
            return Received(double.IsNaN(e.Second) ? json.Replace("\"timestamp\"", "\"no_timestamp\"", StringComparison.Ordinal) : json);
        })]);

    private static ReceivedEvent Received(string json)
    {
        QueuedCallback queued = TestHostExtensions.Queued(json);
        Assert.True(CallbackParser.TryParse(queued.Body, queued.Kind, out ConferenceEvent? parsed, out string? fault), fault);
        return new ReceivedEvent(parsed, queued);
    }

    private static Task CallAsync(TestHost host, string call, int day) => host.Services.GetRequiredService<CallerStore>().WriteAsync(
        new Caller { CallId = call, Document = "room", Time = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day) }, TestContext.Current.CancellationToken);

    private Task LetterAsync(TestHost host, string body) => Store(host).AddAsync(
        new NewDeadLetter(StorageNames.CallbackQueue, DeadLetterReason.Poison, DeadLetterContent.Message, BinaryData.FromString(body)) { Error = body },
        TestContext.Current.CancellationToken);

    private DeadLetterStore Store(TestHost host) => new(host.Storage, host.Services.GetRequiredService<ConferenceTelemetry>(), _time);

    private async Task SweepAsync(TestHost host, int? days = 30)
    {
        var callers = host.Services.GetRequiredService<CallerStore>();
        var eraser = new ConferenceEraser(host.Storage, callers, new ConferenceMatcher(host.Storage), Store(host), _time, NullLogger<ConferenceEraser>.Instance);
        var sweep = new RetentionSweep(
            host.Storage, eraser, callers, Store(host), Options.Create(new RetentionOptions { Days = days }), Options.Create(new ConferenceOptions()),
            _time, NullLogger<RetentionSweep>.Instance);
        await sweep.SweepConferencesAsync(TestContext.Current.CancellationToken);
        await sweep.SweepRestAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<List<string>> RemainingAsync(TestHost host) =>
        [.. (await host.RowsAsync(StorageNames.ConferenceTable)).Where(row => row.RowKey == StorageKey.Conference && row.GetDateTimeOffset("erased") is null)
            .Select(row => row.PartitionKey).Order(StringComparer.Ordinal)];
}

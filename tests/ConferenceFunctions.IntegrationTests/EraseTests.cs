using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Retention;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

public class EraseTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string?> NothingArchived = new() { ["AzureWebJobs.ArchiveRecording.Disabled"] = "true" };

    [Fact]
    public async Task An_erased_conference_leaves_a_tombstone_and_nothing_else()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        await FillAsync(host, "c2", "bob");

        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");
        using HttpResponseMessage again = await host.DeleteAsync("conferences/c1");
        using HttpResponseMessage unknown = await host.DeleteAsync("conferences/c3");

        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NotFound), (erased.StatusCode, again.StatusCode, unknown.StatusCode));
        await AssertErasedAsync(host, "c1", "alice");
        Assert.NotNull(await host.GetAsync("conferences/c2", ApiJson.Default.Conference));
        Assert.Equal(3, (await host.EventsAsync("c2")).Count);
        Assert.Equal("+15550002222-bob", (await host.GetAsync("conferences/c2/participants", ApiJson.Default.PageParticipant))!.Items[0].Caller?.From);
        Assert.Equal(2, (await host.BlobsAsync(StorageNames.RecordingContainer)).Count);
        Assert.Equal("c2", Assert.Single(await host.DeadLettersAsync()).ConferenceId);
        Assert.Equal("c2", Assert.Single((await host.GetAsync("conferences", ApiJson.Default.PageConference))!.Items).ConferenceId);
    }

    [Fact]
    public async Task What_comes_late_does_not_bring_an_erased_conference_back()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");
        int jobs = await host.CountAsync(StorageNames.RecordingQueue);

        await PostAsync(host, Callback.Json("c1", "participant-join", 5, "alice"));
        await PostAsync(host, Callback.Json("c1", "conference-end", 9, more: Recording("late")));
        await PostAsync(host, Callback.Json("c2", "participant-join", 5, "x"));
        await TestHost.EventuallyAsync(() => host.EventsAsync("c2"), events => events.Count == 1);
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0);

        Assert.Equal(jobs, await host.CountAsync(StorageNames.RecordingQueue));
        await AssertErasedAsync(host, "c1", "alice");
    }

    [Fact]
    public async Task Who_called_stays_known_in_another_conference_that_the_same_call_was_in()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        foreach ((string document, string id) in new[] { ("first", "c1"), ("second", "c2"), ("menu", "none") })
        {
            using var fetch = new StringContent($$$"""{"call":{"call_id":"alice","from":"+1555{{{document}}}"}}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage fetched = await host.Client.PostAsync(new Uri(host.Urls.Swml(document)), fetch, TestContext.Current.CancellationToken);
            if (id != "none")
            {
                using HttpResponseMessage joined = await host.PostEventAsync(Callback.Json(id, "participant-join", 1, "alice"), document);
            }
        }

        await TestHost.EventuallyAsync(() => host.RowsAsync(StorageNames.CallTable), rows => rows.Count == 3);
        await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1);
        await TestHost.EventuallyAsync(() => host.EventsAsync("c2"), events => events.Count == 1);

        using HttpResponseMessage first = await host.DeleteAsync("conferences/c1");
        Assert.Equal("second", Assert.Single(await host.RowsAsync(StorageNames.CallTable), row => row.GetString("from") is not null).GetString("document"));
        Assert.Equal("+1555second", (await host.GetAsync("conferences/c2/participants", ApiJson.Default.PageParticipant))!.Items[0].Caller?.From);

        // Nor does what comes late of the erased one take the caller from the other.
        double now = (TimeProvider.System.GetUtcNow() - TestClock.Start).TotalSeconds;
        using HttpResponseMessage left = await host.PostEventAsync(Callback.Json("c1", "participant-leave", now, "alice"), "first");
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0);
        Assert.Equal("+1555second", (await host.GetAsync("conferences/c2/participants", ApiJson.Default.PageParticipant))!.Items[0].Caller?.From);

        using HttpResponseMessage second = await host.DeleteAsync("conferences/c2");
        Assert.DoesNotContain(await host.RowsAsync(StorageNames.CallTable), row => row.GetString("from") is not null);
    }

    [Fact]
    public async Task A_cursor_into_an_erased_conference_leads_nowhere()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        string next = (await host.GetAsync("conferences/c1/events?limit=1", ApiJson.Default.PageConferenceLogEntry))!.Next!;
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        using HttpResponseMessage page = await host.Client.GetAsync(new Uri(next), TestContext.Current.CancellationToken);
        using HttpResponseMessage never = await host.Client.GetAsync(
            new Uri(next.Replace("/c1/", "/c0/", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, never.StatusCode));
    }

    [Fact]
    public async Task What_comes_late_of_its_calls_brings_neither_callers_nor_recordings_back()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        // As cXML has it, without a conference; and looked for so often that it would be archived as unknown.
        await host.SendAsync(StorageNames.CallbackQueue, TestHostExtensions.Message(
            TestHostExtensions.Queued("""{"params":{"status":"completed","call_id":"alice","recording_url":"https://files.signalwire.com/late.wav"}}""", CallbackKind.Recording) with { Looks = 100 },
            CallerOf("alice", before),
            CallerOf("bob", before)));
        await TestHost.EventuallyAsync(() => host.RowsAsync(StorageNames.CallTable), rows => rows.Any(row => row.PartitionKey == "bob"));
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0);

        await AssertErasedAsync(host, "c1", "alice");
        Assert.Empty(await host.EventsAsync(ConferenceMatcher.Unknown));
        Assert.Equal(["alice", "bob"], (await host.RowsAsync(StorageNames.CallTable)).Select(row => row.PartitionKey).Order());
    }

    [Fact]
    public async Task A_call_that_comes_into_another_conference_after_the_erasure_is_known_there()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        await FillAsync(host, "c2", "alice");

        Assert.Equal("+15550002222-alice", (await host.GetAsync("conferences/c2/participants", ApiJson.Default.PageParticipant))!.Items[0].Caller?.From);
    }

    [Fact]
    public async Task A_recording_of_the_conference_that_such_a_call_came_into_is_kept_where_it_is_told_of_before_the_call()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        await host.Services.GetRequiredService<CallbackProcessor>().ProcessAsync(
            Encoding.UTF8.GetBytes(TestHostExtensions.Message(TestHostExtensions.Queued(
                """{"params":{"status":"completed","call_id":"alice","recording_url":"https://files.signalwire.com/r2.wav"}}""", CallbackKind.Recording))),
            TestContext.Current.CancellationToken);
        await PostAsync(host, Callback.Json("c2", "participant-join", 5, "alice"));

        Assert.Equal(2, (await TestHost.EventuallyAsync(() => host.EventsAsync("c2"), events => events.Count == 2)).Count);
    }

    [Fact]
    public async Task Who_joins_a_conference_that_was_erased_is_erased_too()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await host.SendAsync(StorageNames.CallbackQueue, TestHostExtensions.Message(CallerOf("bob", now)));
        await TestHost.EventuallyAsync(() => host.RowsAsync(StorageNames.CallTable), rows => rows.Any(row => row.PartitionKey == "bob"));

        await PostAsync(host, Callback.Json("c1", "participant-join", (now - TestClock.Start).TotalSeconds, "bob"));
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0);

        await AssertErasedAsync(host, "c1", "bob");
    }

    [Fact]
    public async Task Poison_of_an_erased_conference_is_dropped()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        DateTimeOffset before = TimeProvider.System.GetUtcNow();
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        await host.SendAsync(StorageNames.CallbackQueue + StorageNames.PoisonSuffix, TestHostExtensions.Message(
            TestHostExtensions.Queued(Callback.Json("c1", "participant-join", 5, "alice")),
            CallerOf("alice", before),
            TestHostExtensions.Queued(Callback.Json("c2", "participant-join", 5, "alice"))));
        await host.SendAsync(StorageNames.RecordingQueue + StorageNames.PoisonSuffix, new RecordingJob("c1", "r1").Write());
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue + StorageNames.PoisonSuffix), count => count == 0);
        await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.RecordingQueue + StorageNames.PoisonSuffix), count => count == 0);

        Assert.Equal("c2", Assert.Single(await host.DeadLettersAsync()).ConferenceId);
        Assert.Single(await host.BlobsAsync(StorageNames.DeadLetterContainer));
        await AssertErasedAsync(host, "c1", "alice");
    }

    [Fact]
    public async Task A_dead_letter_that_is_kept_while_its_conference_is_erased_goes_with_it()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived, proxy.ConnectionString);
        await FillAsync(host, "c1", "alice");
        var eraser = host.Services.GetRequiredService<ConferenceEraser>();
        int put = 0;
        proxy.Intercept = async (service, context) =>
        {
            // Its body is about to be written: what is looked for is all erased by then.
            if (service == "blob" && HttpMethods.IsPut(context.Request.Method) && Interlocked.Increment(ref put) == 1)
            {
                await eraser.EraseAsync("c1", TestContext.Current.CancellationToken);
            }

            return false;
        };

        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(
            LetterOf("c1") with { Reason = DeadLetterReason.Poison }, TestContext.Current.CancellationToken);

        Assert.True(put > 0);
        await AssertErasedAsync(host, "c1", "alice");
    }

    [Fact]
    public async Task A_recording_job_of_an_erased_conference_fetches_nothing()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, "c1", "alice");
        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        await using TestHost archiving = await TestHost.StartAsync(azurite, storage: ConnectionOf(host));
        Assert.Equal(0, await TestHost.EventuallyAsync(() => archiving.CountAsync(StorageNames.RecordingQueue), count => count == 0));

        await AssertErasedAsync(archiving, "c1", "alice");
        Assert.Empty(await archiving.DeadLettersAsync());
    }

    [Fact]
    public async Task Another_process_that_keeps_its_rows_does_not_bring_it_back()
    {
        await using TestHost first = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(first, "c1", "alice");
        await using TestHost second = await TestHost.StartAsync(azurite, new(NothingArchived) { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" }, ConnectionOf(first));

        using HttpResponseMessage erased = await second.DeleteAsync("conferences/c1");
        await PostAsync(first, Callback.Json("c1", "participant-join", 5, "alice"));
        await TestHost.EventuallyAsync(() => first.CountAsync(StorageNames.CallbackQueue), count => count == 0);

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await AssertErasedAsync(first, "c1", "alice");
    }

    [Fact]
    public async Task Erasing_while_two_processes_apply_its_events_leaves_nothing_but_the_tombstone()
    {
        await using TestHost first = await TestHost.StartAsync(azurite, NothingArchived);
        await using TestHost second = await TestHost.StartAsync(azurite, NothingArchived, ConnectionOf(first));
        TestHost[] hosts = [first, second];
        await PostAsync(first, Callback.Json("c1", "conference-start", 0));
        await TestHost.EventuallyAsync(() => first.EventsAsync("c1"), events => events.Count > 0);

        Task posting = Parallel.ForEachAsync(Enumerable.Range(1, 200), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
            // Each on a day of its own: the index changes all the time.
            await PostAsync(hosts[i % 2], Callback.Json("c1", "participant-join", i * 86_400.0 / 8, $"call{i}", new JsonObject { ["name"] = $"name{i}" })));
        await TestHost.EventuallyAsync(() => first.EventsAsync("c1"), events => events.Count > 20);
        using HttpResponseMessage erased = await first.DeleteAsync("conferences/c1");
        await posting;
        await TestHost.EventuallyAsync(() => first.CountAsync(StorageNames.CallbackQueue), count => count == 0);

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await AssertErasedAsync(first, "c1", "call");
        Assert.Empty(await first.RowsAsync(StorageNames.ConferenceIndexTable));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_in_the_middle_is_gone_on_from_by_the_next_erasure_or_sweep(bool sweep)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived, proxy.ConnectionString);
        var eraser = host.Services.GetRequiredService<ConferenceEraser>();
        bool finished = false;
        int swept = 0;
        // Every second write dies here, and the other ones in the other case; in the long run all of them in both.
        for (int writes = sweep ? 1 : 0; !finished; writes += Seeded.IsLong ? 1 : 2)
        {
            (string id, string call) = ($"c{writes}", $"{writes}-alice");
            await FillAsync(host, id, call);
            int left = writes;
            proxy.Intercept = (service, context) =>
            {
                bool dies = service != "queue" && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
                    && Interlocked.Decrement(ref left) < 0;
                context.Response.StatusCode = dies ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
                return Task.FromResult(dies);
            };

            finished = await Record.ExceptionAsync(() => eraser.EraseAsync(id, TestContext.Current.CancellationToken)) is null;
            proxy.Resume();
            if (sweep && (await host.RowsAsync(StorageNames.StateTable)).Any(row => row.PartitionKey == "erasing"))
            {
                await host.Services.GetRequiredService<RetentionSweep>().SweepConferencesAsync(TestContext.Current.CancellationToken);
                swept++;
            }
            else
            {
                Assert.Equal(EraseOutcome.Erased, await eraser.EraseAsync(id, TestContext.Current.CancellationToken));
            }

            await AssertErasedAsync(host, id, call);
            Assert.True(writes < 50);
        }

        // Whenever it was noted that the conference is being erased.
        Assert.True(swept >= 5 || !sweep, $"{swept}");
    }

    [Theory]
    [InlineData("a/b'c\"#?%\U0001F600")]
    [InlineData("_")]
    [InlineData("ends with a dot.")]
    [InlineData("long")]
    public async Task Any_id_can_be_erased(string id)
    {
        id = id == "long" ? string.Concat(Enumerable.Repeat("long-id-é", 112)) : id;
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, id, "alice");
        await FillAsync(host, id + "2", "bob");

        using HttpResponseMessage erased = await host.DeleteAsync($"conferences/{Uri.EscapeDataString(id)}");

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await AssertErasedAsync(host, id, "alice");
        Assert.Equal(2, (await host.BlobsAsync(StorageNames.RecordingContainer)).Count);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_no_url_can_have_is_erased_by_retention(string id)
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, id, "alice");

        Assert.Equal(EraseOutcome.Erased, await host.Services.GetRequiredService<ConferenceEraser>().EraseAsync(id, TestContext.Current.CancellationToken));

        Assert.Single(await host.RowsAsync(StorageNames.ConferenceTable));
        Assert.Empty(await host.BlobsAsync(StorageNames.RecordingContainer));
        Assert.Empty(await host.BlobsAsync(StorageNames.DeadLetterContainer));
    }

    [Fact]
    public async Task Where_recordings_go_whose_conference_is_not_known_stays_open()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingArchived);
        await FillAsync(host, ConferenceMatcher.Unknown, "alice");

        using HttpResponseMessage erased = await host.DeleteAsync("conferences/unknown");
        List<TableEntity> rows = await host.RowsAsync(StorageNames.ConferenceTable);
        await PostAsync(host, Callback.Json(ConferenceMatcher.Unknown, "participant-join", 5, "bob"));

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        Assert.Empty(rows);
        Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync(ConferenceMatcher.Unknown), events => events.Count == 1));
    }

    [Fact]
    public async Task Dead_letters_of_a_conference_that_never_came_to_be_can_be_erased_too()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(LetterOf("c1"), TestContext.Current.CancellationToken);

        using HttpResponseMessage erased = await host.DeleteAsync("conferences/c1");

        Assert.Equal(HttpStatusCode.NoContent, erased.StatusCode);
        await AssertErasedAsync(host, "c1", "alice");
    }

    /// <summary>A conference with a caller, participants, a recording that is archived and one that is half so, and a dead letter.</summary>
    private static async Task FillAsync(TestHost host, string id, string call)
    {
        using var fetch = new StringContent($$$"""{"call":{"call_id":"{{{call}}}","from":"+15550002222-{{{call}}}"}}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage fetched = await host.Client.PostAsync(new Uri(host.Urls.Swml("room")), fetch, TestContext.Current.CancellationToken);
        await PostAsync(host, Callback.Json(id, "conference-start", 0, more: new JsonObject { ["name"] = $"meeting of {call}" }));
        await PostAsync(host, Callback.Json(id, "participant-join", 1, call));
        await PostAsync(host, Callback.Json(id, "record-stop", 2, more: Recording("r1")));
        await TestHost.EventuallyAsync(() => host.RowsAsync(StorageNames.ConferenceTable),
            rows => rows.Count(row => row.PartitionKey == StorageKey.Escape(id) && row.RowKey.StartsWith("e_", StringComparison.Ordinal)) == 3);
        await TestHost.EventuallyAsync(() => host.RowsAsync(StorageNames.CallTable), rows => rows.Any(row => row.PartitionKey == call && row.RowKey == "room"));
        var recordings = host.Storage.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer);
        await recordings.GetBlobClient(StorageKey.RecordingBlob(id, "r1", "wav")).UploadAsync(BinaryData.FromString("audio"), overwrite: true, TestContext.Current.CancellationToken);
        using var block = new MemoryStream("half"u8.ToArray());
        await recordings.GetBlockBlobClient(StorageKey.RecordingBlob(id, "r2", "wav")).StageBlockAsync(
            Convert.ToBase64String("0001"u8), block, cancellationToken: TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(LetterOf(id), TestContext.Current.CancellationToken);
    }

    private static async Task AssertErasedAsync(TestHost host, string id, string call)
    {
        string partition = StorageKey.Escape(id);
        TableEntity tombstone = Assert.Single(await host.RowsAsync(StorageNames.ConferenceTable), row => row.PartitionKey == partition);
        Assert.Equal(["PartitionKey", "RowKey", "Timestamp", "erased", "id", "odata.etag"], tombstone.Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(tombstone.GetDateTimeOffset("erased"));
        Assert.DoesNotContain(await host.RowsAsync(StorageNames.ConferenceIndexTable), row => row.GetString("conference_id") == id);
        // Of a call it is remembered that and when it was erased.
        Assert.All(
            (await host.RowsAsync(StorageNames.CallTable)).Where(row => row.PartitionKey.StartsWith(call, StringComparison.Ordinal)),
            row => Assert.Equal(["PartitionKey", "RowKey", "Timestamp", "odata.etag", "time"], row.Keys.Order(StringComparer.Ordinal)));
        Assert.DoesNotContain(await host.RowsAsync(StorageNames.DeadLetterTable), row => row.GetString("conference_id") == id);
        Assert.DoesNotContain(await host.RowsAsync(StorageNames.StateTable), row => row.PartitionKey == "erasing");
        Assert.All(
            (await host.BlobsAsync(StorageNames.RecordingContainer)).Concat(await host.BlobsAsync(StorageNames.DeadLetterContainer)),
            blob => Assert.False(blob.StartsWith(partition + "/", StringComparison.Ordinal) || blob.StartsWith(StorageKey.RecordingBlobs(id), StringComparison.Ordinal), blob));
        Assert.Null(await host.GetAsync($"conferences/{Uri.EscapeDataString(id)}", ApiJson.Default.Conference));
    }

    private static async Task PostAsync(TestHost host, string json)
    {
        using HttpResponseMessage response = await host.PostEventAsync(json);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static JsonObject Recording(string id) => new() { ["recording_url"] = $"https://files.signalwire.com/{id}.wav" };

    private static QueuedCallback CallerOf(string call, DateTimeOffset time) => TestHostExtensions.Queued(
        JsonSerializer.Serialize(new Caller { CallId = call, Document = "room", Time = time, From = "+15550002222" }, CallerJson.Default.Caller), CallbackKind.Caller, time);

    private static NewDeadLetter LetterOf(string id) => new(
        StorageNames.CallbackQueue, DeadLetterReason.NotApplicable, DeadLetterContent.ConferenceCallback, Encoding.UTF8.GetBytes(Callback.Json(id, "x", 1)))
    {
        ConferenceId = id,
    };

    private static string ConnectionOf(TestHost host) =>
        host.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()[StorageNames.Connection]!;
}

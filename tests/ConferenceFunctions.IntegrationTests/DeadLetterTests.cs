using System.Net;
using System.Net.Http.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using static ConferenceFunctions.IntegrationTests.Infrastructure.TestHostExtensions;

namespace ConferenceFunctions.IntegrationTests;

public class DeadLetterTests(AzuriteFixture azurite)
{
    private const string CallbackPoison = StorageNames.CallbackQueue + StorageNames.PoisonSuffix;
    private const string RecordingPoison = StorageNames.RecordingQueue + StorageNames.PoisonSuffix;

    private static Dictionary<string, string?> NothingApplied => new(TestHost.NotApplied) { ["AzureWebJobs.ArchiveRecording.Disabled"] = "true" };

    [Fact]
    public async Task One_unreadable_callback_neither_fails_nor_delays_the_others_in_its_message()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var release = new TaskCompletionSource();
        proxy.Intercept = async (service, context) =>
        {
            // Nothing can be set aside yet.
            if (service == "table" && context.Request.Path.Value!.Contains(StorageNames.DeadLetterTable, StringComparison.Ordinal))
            {
                await release.Task;
            }

            return false;
        };

        await host.SendAsync(StorageNames.CallbackQueue, Message(
            Queued("{\"unreadable\""), Queued("{}", CallbackKind.Caller), Queued(Callback.Json("c1", "participant-join", 1, "a")), Queued(Callback.Json("c2", "participant-join", 2, "b"))));

        Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1));
        Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync("c2"), events => events.Count == 1));
        release.SetResult();
        IReadOnlyList<DeadLetter> letters = await host.EventualDeadLettersAsync(2);
        Assert.Equal(
            [(DeadLetterReason.NotApplicable, DeadLetterContent.Caller), (DeadLetterReason.Unreadable, DeadLetterContent.ConferenceCallback)],
            letters.Select(letter => (letter.Reason, letter.Content)).Order());
        Assert.Equal(0, await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0));
    }

    [Fact]
    public async Task An_event_that_storage_will_never_take_is_a_letter_alone_and_the_others_of_its_conference_are_applied()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        proxy.Intercept = async (service, context) =>
        {
            if (service != "table" || !HttpMethods.IsPost(context.Request.Method))
            {
                return false;
            }

            context.Request.EnableBuffering();
            string body = await new StreamReader(context.Request.Body).ReadToEndAsync();
            context.Request.Body.Position = 0;
            bool refused = body.Contains("never-taken", StringComparison.Ordinal) && body.Contains("p_", StringComparison.Ordinal);
            context.Response.StatusCode = refused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
            return refused;
        };

        await host.SendAsync(StorageNames.CallbackQueue, Message(
            Queued(Callback.Json("c1", "participant-join", 1, "a")),
            Queued(Callback.Json("c1", "participant-join", 2, "never-taken")),
            Queued(Callback.Json("c1", "participant-join", 3, "b"))));
        DeadLetter letter = Assert.Single(await host.EventualDeadLettersAsync(1));

        Assert.Equal(
            (DeadLetterReason.NotApplicable, DeadLetterContent.ConferenceCallback, "c1", 1), (letter.Reason, letter.Content, letter.ConferenceId, letter.Attempts));
        Assert.NotNull(letter.ExceptionType);
        Assert.Equal(2, (await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 2)).Count);
        Assert.Equal(0, await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0));
        Assert.Single(await host.DeadLettersAsync());
    }

    [Fact]
    public async Task Table_writes_that_are_refused_for_longer_than_all_tries_take_make_no_dead_letter()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(
            azurite,
            new()
            {
                ["AzureFunctionsJobHost:extensions:queues:maxDequeueCount"] = "2",
                ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01",
            },
            proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var random = new Random(Seeded.Seed);
        int refused = 0;
        proxy.Intercept = (service, context) =>
        {
            bool write = service == "table" && !HttpMethods.IsGet(context.Request.Method);
            if (write)
            {
                Interlocked.Increment(ref refused);
                Refuse(context, random);
            }

            return Task.FromResult(write);
        };

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.PostEventAsync(Callback.Json($"c{i % 4}", "participant-join", i, $"call{i}"))));
        await Task.Delay(TimeSpan.FromSeconds(6), TestContext.Current.CancellationToken);
        proxy.Resume();
        IReadOnlyList<ConferenceLogEntry>[] events = await TestHost.EventuallyAsync(
            () => Task.WhenAll(Enumerable.Range(0, 4).Select(i => host.EventsAsync($"c{i}"))), logs => logs.Sum(log => log.Count) == 20);

        Assert.True(refused > 4);
        Assert.All(events, log => Assert.Equal(5, log.Count));
        Assert.Empty(await host.DeadLettersAsync());
        Assert.Equal(0, await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0));
        Assert.Equal(0, await host.CountAsync(CallbackPoison));
    }

    [Fact]
    public async Task Storage_that_takes_nothing_back_for_longer_than_all_tries_take_makes_no_dead_letter()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(
            azurite,
            new()
            {
                ["AzureFunctionsJobHost:extensions:queues:maxDequeueCount"] = "1",
                ["AzureFunctionsJobHost:extensions:queues:visibilityTimeout"] = "00:00:01",
            },
            proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        string message = Message(Queued(Callback.Json("c1", "participant-join", 1, "a")));
        int putBack = 0;
        proxy.Intercept = (service, context) =>
        {
            bool isPut = FaultProxy.IsCallbackPut(service, context);
            bool refused = isPut || (service == "table" && !HttpMethods.IsGet(context.Request.Method));
            context.Response.StatusCode = refused ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            putBack += isPut ? 1 : 0;
            return Task.FromResult(refused);
        };
        await new QueueClient(proxy.DirectConnectionString, StorageNames.CallbackQueue).SendMessageAsync(message, TestContext.Current.CancellationToken);

        Assert.True(await TestHost.EventuallyAsync(() => Task.FromResult(putBack), count => count > 8) > 8);
        proxy.Resume();

        Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1));
        Assert.Empty(await host.DeadLettersAsync());
        Assert.Equal(0, await host.CountAsync(CallbackPoison));
    }

    [Theory]
    [InlineData(CallbackPoison)]
    [InlineData(RecordingPoison)]
    public async Task A_poison_message_that_can_not_be_kept_goes_back_into_its_queue_until_it_can(string queue)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var poison = host.Services.GetRequiredService<PoisonMessages>();
        byte[] body = "poison"u8.ToArray();
        proxy.Intercept = (service, context) =>
        {
            context.Response.StatusCode = service == "table" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
            return Task.FromResult(service == "table");
        };

        await KeepAsync();
        proxy.Resume();
        int waiting = await host.CountAsync(queue);
        await KeepAsync();

        Assert.Equal(1, waiting);
        Assert.Contains(proxy.Requests, request => request.Target.EndsWith($"/{queue}/messages?visibilitytimeout=60&messagettl=-1", StringComparison.Ordinal));
        Assert.Equal(DeadLetterReason.Poison, Assert.Single(await host.DeadLettersAsync()).Reason);

        Task KeepAsync() => queue == CallbackPoison
            ? poison.KeepCallbacksAsync(body, TestContext.Current.CancellationToken)
            : poison.KeepRecordingAsync(body, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Of_a_poison_message_each_callback_is_a_letter_that_is_replayed_alone()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        DateTimeOffset received = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

        await host.SendAsync(CallbackPoison, Message(
            Queued(Callback.Json("c1", "participant-join", 1, "a"), receivedAt: received),
            Queued(Callback.Json("c1", "participant-join", 2, "b")),
            Queued("""{"call_id":"x","document":"room","time":"2026-01-01T00:00:00Z"}""", CallbackKind.Caller)));
        IReadOnlyList<DeadLetter> letters = await host.EventualDeadLettersAsync(3);
        DeadLetter first = letters.Single(letter => letter.ReceivedAt == received);
        byte[] body = await host.Client.GetByteArrayAsync(new Uri($"dead-letters/{first.Id}/body", UriKind.Relative), TestContext.Current.CancellationToken);
        using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{first.Id}/replay");
        using HttpResponseMessage again = await host.PostAsync($"dead-letters/{first.Id}/replay");

        Assert.All(letters, letter => Assert.Equal((StorageNames.CallbackQueue, DeadLetterReason.Poison, 10), (letter.Queue, letter.Reason, letter.Attempts)));
        Assert.Equal(["c1", "c1", null], letters.Select(letter => letter.ConferenceId).OrderByDescending(id => id));
        Assert.Equal(Callback.Json("c1", "participant-join", 1, "a"), System.Text.Encoding.UTF8.GetString(body));
        Assert.Equal($$"""{"id":"{{first.Id}}","outcome":"replayed"}""", await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        ConferenceLogEntry applied = Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1));
        Assert.Equal(received, applied.ReceivedAt);
        Assert.Equal(2, (await host.DeadLettersAsync()).Count);
        Assert.Equal(2, (await host.BlobsAsync(StorageNames.DeadLetterContainer)).Count);
    }

    [Theory]
    [InlineData("nonsense \u2603")]
    [InlineData("""{"v":2,"attempt":0,"callbacks":[]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":null,"kind":"conference","document":null,"at":"2026-01-01T00:00:00Z","body":""}]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":"x","kind":"conference","document":"room","at":"0001-01-01T00:00:00Z","body":"e30="}]}""")]
    [InlineData("""{"v":1,"attempt":0,"callbacks":[{"id":"x","kind":"conference","document":"a/b","at":"2026-01-01T00:00:00Z","body":"e30="}]}""")]
    public async Task A_poison_message_that_can_not_be_taken_apart_is_kept_and_replayed_whole(string message)
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, storage);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);

        await host.SendAsync(CallbackPoison, message);
        DeadLetter letter = Assert.Single(await host.EventualDeadLettersAsync(1));
        using HttpResponseMessage replayed = await host.PostAsync("dead-letters/replay");

        Assert.Equal((DeadLetterContent.Message, DeadLetterReason.Poison), (letter.Content, letter.Reason));
        Assert.Equal("""{"replayed":1,"failed":0}""", await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(message, Assert.Single(await QueueContent.TakeAllAsync(storage)).Body.ToString());
        Assert.Empty(await host.DeadLettersAsync());
        Assert.Empty(await host.BlobsAsync(StorageNames.DeadLetterContainer));
    }

    [Fact]
    public async Task A_poison_recording_job_is_a_letter_of_its_conference_and_begins_anew_when_it_is_replayed()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var job = new RecordingJob("c1", "r1");
        await host.Storage.Tables.GetTableClient(StorageNames.ConferenceTable).AddEntityAsync(
            new RecordingRow("r1", RecordingSource.Empty, RecordingArchive.None).ToEntity("c1"), TestContext.Current.CancellationToken);

        await host.SendAsync(RecordingPoison, (job with { Retry = 3, PutBacks = 2 }).Write());
        DeadLetter letter = Assert.Single(await host.EventualDeadLettersAsync(1));
        using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{letter.Id}/replay");

        Assert.Equal((StorageNames.RecordingQueue, "c1"), (letter.Queue, letter.ConferenceId));
        Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
        PeekedMessage[] queued = await host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).PeekMessagesAsync(32, TestContext.Current.CancellationToken);
        Assert.Equal(job.Write(), Assert.Single(queued).Body.ToString());
    }

    [Fact]
    public async Task An_unreadable_callback_that_is_replayed_and_still_unreadable_is_a_letter_again()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage refused = await host.PostEventAsync("{\"unreadable\"");
        DeadLetter letter = Assert.Single(await host.DeadLettersAsync());

        for (int i = 0; i < 3; i++)
        {
            string id = Assert.Single(await host.EventualDeadLettersAsync(1)).Id;
            using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{id}/replay");
            Assert.Equal(HttpStatusCode.OK, replayed.StatusCode);
            await TestHost.EventuallyAsync(() => host.CountAsync(StorageNames.CallbackQueue), count => count == 0);
        }

        DeadLetter last = Assert.Single(await host.EventualDeadLettersAsync(1));
        Assert.Equal((letter.Reason, letter.Size, letter.Document), (last.Reason, last.Size, last.Document));
        byte[] body = await host.Client.GetByteArrayAsync(new Uri($"dead-letters/{last.Id}/body", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("{\"unreadable\""u8, body);
    }

    [Fact]
    public async Task Adding_replaying_and_discarding_at_once_leave_no_row_without_its_body_and_lose_nothing()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var store = host.Services.GetRequiredService<DeadLetterStore>();
        var replay = host.Services.GetRequiredService<DeadLetterReplay>();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        var random = new Random(Seeded.Seed);

        await Parallel.ForEachAsync(Enumerable.Range(0, Seeded.Iterations(150, 2_000)), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, _) =>
        {
            int action;
            lock (random)
            {
                action = random.Next(4);
            }

            string? id = (await store.ListAsync(new DeadLetterFilter(), null, 1, cancellationToken)).Letters is [var letter] ? letter.Id : null;
            Task done = (action, id) switch
            {
                (0, not null) => replay.ReplayAsync(id, cancellationToken),
                (1, not null) => store.DiscardAsync(id, cancellationToken),
                _ => store.AddAsync(Letter(action % 2), cancellationToken),
            };
            await done;
        });
        // The last word is a failure: whatever happened before, it must be there with its body.
        await store.AddAsync(Letter(0), cancellationToken);

        IReadOnlyList<DeadLetter> letters = await host.DeadLettersAsync();
        Assert.Contains(letters, letter => letter.Error == "0");
        foreach (DeadLetter letter in letters)
        {
            Assert.Equal(letter.Error, (await store.ReadBodyAsync(letter, cancellationToken))?.ToString());
        }

        Assert.Equal(letters.Count * 2, (await host.RowsAsync(StorageNames.DeadLetterTable)).Count);
        Assert.Equal(letters.Select(letter => letter.Blob).Order(), (await host.BlobsAsync(StorageNames.DeadLetterContainer)).Order());
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged_and_what_comes_in_between_disturbs_no_page()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var store = new DeadLetterStore(host.Storage, host.Services.GetRequiredService<ConferenceTelemetry>(), time);
        for (int i = 0; i < 7; i++)
        {
            await store.AddAsync(Letter(i), TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromHours(1));
        }

        List<string?> paged = [];
        string? next = "dead-letters?limit=3";
        while (next is not null)
        {
            int before = proxy.Requests.Count(request => request.Service == "table");
            Page<DeadLetter> page = (await host.Client.GetFromJsonAsync(new Uri(next, UriKind.RelativeOrAbsolute), ApiJson.Default.PageDeadLetter, TestContext.Current.CancellationToken))!;
            Assert.Equal(1, proxy.Requests.Count(request => request.Service == "table") - before);
            paged.AddRange(page.Items.Select(letter => letter.Error));
            next = page.Next;
            await store.AddAsync(Letter(100 + paged.Count), TestContext.Current.CancellationToken);
        }

        Assert.Equal(["6", "5", "4", "3", "2", "1", "0"], paged);
        Assert.Equal(["6", "4", "2", "0"], Errors(await host.DeadLettersAsync("queue=recordings&to=2026-01-01T07:00:00Z")));
        Assert.Equal(["5", "3", "1"], Errors(await host.DeadLettersAsync("reason=not-applicable&to=2026-01-01T07:00:00Z")));
        Assert.Equal(["4", "3"], Errors(await host.DeadLettersAsync("from=2026-01-01T03:00:00Z&to=2026-01-01T05:00:00Z")));
        Assert.Empty(await host.DeadLettersAsync("to=2025-12-31"));
        Assert.Empty(await host.DeadLettersAsync("from=9999-12-31"));
    }

    [Fact]
    public async Task A_filter_that_is_none_is_refused_for_lists_and_for_replays()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        string[] queries =
        [
            "queue=callback", "reason=bad", "from=yesterday", "from=2026-01-02&to=2026-01-01T00:00:00Z", "limit=0", "limit=1001", "cursor=x", "state=open",
        ];

        foreach (string query in queries)
        {
            using HttpResponseMessage list = await host.Client.GetAsync(new Uri($"dead-letters?{query}", UriKind.Relative), TestContext.Current.CancellationToken);
            using HttpResponseMessage replay = await host.PostAsync($"dead-letters/replay?{query}");
            Assert.Equal((query, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (query, list.StatusCode, replay.StatusCode));
        }
    }

    [Fact]
    public async Task A_range_is_replayed_part_by_part_with_its_progress_and_what_can_not_be_replayed_is_kept()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, storage);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var store = host.Services.GetRequiredService<DeadLetterStore>();
        for (int i = 0; i < 5; i++)
        {
            await store.AddAsync(Letter(i), TestContext.Current.CancellationToken);
        }

        // Larger than a queue takes.
        await store.AddAsync(Letter(1) with { Body = new byte[100_000] }, TestContext.Current.CancellationToken);
        await store.AddAsync(Letter(2), TestContext.Current.CancellationToken);

        List<ReplayProgress> parts = [];
        for (string? next = "dead-letters/replay?limit=4"; next is not null; next = parts[^1].Next)
        {
            using HttpResponseMessage response = await host.PostAsync(next);
            parts.Add((await response.Content.ReadFromJsonAsync(ApiJson.Default.ReplayProgress, TestContext.Current.CancellationToken))!);
        }

        Assert.Equal((2, 5, 1), (parts.Count, parts.Sum(part => part.Replayed), parts.Sum(part => part.Failed)));
        Assert.Equal(100_000, Assert.Single(await host.DeadLettersAsync()).Size);
    }

    [Fact]
    public async Task What_is_replayed_has_all_its_tries_before_it()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, storage);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        QueuedCallback tried = Queued(Callback.Json("c1", "participant-join", 1, "a")) with { Looks = 6 };

        await host.SendAsync(CallbackPoison, CallbackMessage.Assemble(null, 9, [CallbackMessage.Encode(tried)]).ToString());
        DeadLetter letter = Assert.Single(await host.EventualDeadLettersAsync(1));
        using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{letter.Id}/replay");
        CallbackMessage message = CallbackMessage.Read(Assert.Single(await QueueContent.TakeAllAsync(storage)).Body);

        Assert.Equal(19, letter.Attempts);
        Assert.Equal(0, message.Attempt);
        QueuedCallback callback = Assert.Single(message.Callbacks);
        Assert.Equal(0, callback.Looks);
        Assert.Equal(tried.Body.ToArray(), callback.Body.ToArray());
    }

    [Fact]
    public async Task A_letter_whose_body_is_gone_says_so_and_can_be_discarded()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(Letter(1), TestContext.Current.CancellationToken);
        DeadLetter letter = Assert.Single(await host.DeadLettersAsync());
        await host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer)
            .DeleteBlobAsync(letter.Blob, cancellationToken: TestContext.Current.CancellationToken);

        using HttpResponseMessage body = await host.Client.GetAsync(new Uri($"dead-letters/{letter.Id}/body", UriKind.Relative), TestContext.Current.CancellationToken);
        using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{letter.Id}/replay");
        using HttpResponseMessage range = await host.PostAsync("dead-letters/replay");
        using HttpResponseMessage discarded = await host.DeleteAsync($"dead-letters/{letter.Id}");

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Gone), (body.StatusCode, replayed.StatusCode));
        Assert.Contains("discard it", await replayed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal("""{"replayed":0,"failed":1}""", await range.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NoContent, discarded.StatusCode);
        Assert.Empty(await host.RowsAsync(StorageNames.DeadLetterTable));
    }

    [Fact]
    public async Task A_letter_that_is_discarded_leaves_no_body_even_where_the_answer_of_storage_is_lost()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NothingApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(Letter(1), TestContext.Current.CancellationToken);
        string id = Assert.Single(await host.DeadLettersAsync()).Id;
        int lost = 0;
        proxy.LosesAnswer = (service, context) =>
            service == "table" && HttpMethods.IsPost(context.Request.Method) && Interlocked.Increment(ref lost) == 1;

        using HttpResponseMessage discarded = await host.DeleteAsync($"dead-letters/{id}");

        Assert.Equal((HttpStatusCode.NoContent, 2), (discarded.StatusCode, lost));
        Assert.Empty(await host.RowsAsync(StorageNames.DeadLetterTable));
        Assert.Empty(await host.BlobsAsync(StorageNames.DeadLetterContainer));
    }

    [Fact]
    public async Task An_id_that_is_none_is_a_404()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        string[] ids =
        [
            "x", "replay", "a%2Fb", "it%27s%20or%201%20eq%201", "%F0%9F%98%80", "9998232774399999_%2e%2e",
            "9998232774399999_0123456789abcdef0123456789abcdef", new('9', 1000),
        ];

        foreach (string id in ids)
        {
            using HttpResponseMessage get = await host.Client.GetAsync(new Uri($"dead-letters/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
            using HttpResponseMessage body = await host.Client.GetAsync(new Uri($"dead-letters/{id}/body", UriKind.Relative), TestContext.Current.CancellationToken);
            using HttpResponseMessage replay = await host.PostAsync($"dead-letters/{id}/replay");
            using HttpResponseMessage discard = await host.DeleteAsync($"dead-letters/{id}");
            Assert.All([get, body, replay, discard], response => Assert.Equal((id, HttpStatusCode.NotFound), (id, response.StatusCode)));
        }
    }

    [Fact]
    public async Task A_body_is_only_ever_downloaded_and_a_discarded_letter_is_gone_with_it()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage refused = await host.PostEventAsync("<script>alert(1)</script>");
        DeadLetter letter = Assert.Single(await host.DeadLettersAsync());

        using HttpResponseMessage body = await host.Client.GetAsync(new Uri($"dead-letters/{letter.Id}/body", UriKind.Relative), TestContext.Current.CancellationToken);
        DeadLetter? found = await host.GetAsync($"dead-letters/{letter.Id}", ApiJson.Default.DeadLetter);
        using HttpResponseMessage discarded = await host.DeleteAsync($"dead-letters/{letter.Id}");
        using HttpResponseMessage again = await host.DeleteAsync($"dead-letters/{letter.Id}");

        Assert.Equal(letter, found);
        Assert.Equal("application/octet-stream", body.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", body.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(["nosniff"], body.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (discarded.StatusCode, again.StatusCode));
        Assert.Empty(await host.RowsAsync(StorageNames.DeadLetterTable));
        Assert.Empty(await host.BlobsAsync(StorageNames.DeadLetterContainer));
    }

    private static NewDeadLetter Letter(int number) => new(
        number % 2 == 0 ? StorageNames.RecordingQueue : StorageNames.CallbackQueue,
        number % 2 == 0 ? DeadLetterReason.RecordingFailed : DeadLetterReason.NotApplicable,
        DeadLetterContent.Message,
        BinaryData.FromString($"{number}").ToMemory())
    {
        Error = $"{number}",
    };

    private static IEnumerable<string?> Errors(IEnumerable<DeadLetter> letters) => letters.Select(letter => letter.Error);

    private static void Refuse(HttpContext context, Random random)
    {
        int fate;
        lock (random)
        {
            fate = random.Next(5);
        }

        if (fate == 0)
        {
            context.Abort();
        }
        else
        {
            context.Response.StatusCode = fate switch { 1 => 429, 2 => 500, 3 => 403, _ => 503 };
        }
    }
}

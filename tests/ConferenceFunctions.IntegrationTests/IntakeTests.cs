using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Callbacks;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeTests(AzuriteFixture azurite)
{
    /// <summary>Takes callbacks, and leaves them in the queue.</summary>
    private static readonly Dictionary<string, string?> NotApplied = new() { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" };

    [Fact]
    public async Task Callbacks_that_arrive_while_a_put_is_in_flight_share_the_next_one_and_a_lone_one_waits_for_nobody()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, new(NotApplied) { ["Callbacks:PutsInFlight"] = "1" }, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var put = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        proxy.Intercept = async (service, context) =>
        {
            if (IsPut(service, context) && put.TrySetResult())
            {
                await release.Task;
            }

            return false;
        };

        Task<HttpResponseMessage> lone = host.PostEventAsync(Callback.Json("c1", "participant-join", 0, "lone"));
        await put.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Task<HttpResponseMessage>[] crowd = [.. Enumerable.Range(1, 20).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, $"crowd{i}")))];
        await TestHost.EventuallyAsync(() => Task.FromResult(host.PendingCallbacks), pending => pending == 20);
        release.SetResult();
        HttpResponseMessage[] responses = await Task.WhenAll([lone, .. crowd]);

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
        List<QueueMessage> messages = await QueueContent.TakeAllAsync(proxy.DirectConnectionString);
        Assert.Equal([1, 20], messages.Select(message => CallbackMessage.Read(message.Body).Callbacks.Count));
    }

    [Fact]
    public async Task No_message_is_larger_than_a_queue_takes_however_large_the_callbacks_and_none_ever_expires()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, new(NotApplied) { ["Callbacks:PutsInFlight"] = "1" }, storage);
        string[] bodies = [.. Enumerable.Range(0, 60).Select(i => Callback.Json("c1", "participant-join", i, $"call{i}", new JsonObject { ["tag"] = new string('\u0001', 85 * i) }))];

        HttpResponseMessage[] responses = await Task.WhenAll(bodies.Select(body => host.PostEventAsync(body)));
        List<QueueMessage> messages = await QueueContent.TakeAllAsync(storage);

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
        Assert.All(messages, message => Assert.InRange(message.Body.ToMemory().Length, 1, CallbackMessage.MaxBytes));
        Assert.All(messages, message => Assert.True(message.ExpiresOn > TimeProvider.System.GetUtcNow().AddYears(100)));
        Assert.Equal(bodies.Order(), QueueContent.Callbacks(messages).Select(callback => Encoding.UTF8.GetString(callback.Body.Span)).Order());
    }

    [Fact]
    public async Task When_too_many_wait_the_next_ones_are_told_to_try_again()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(
            azurite, new(NotApplied) { ["Callbacks:PutsInFlight"] = "1", ["Callbacks:Capacity"] = "2", ["Callbacks:PutTimeout"] = "00:00:01" }, proxy.ConnectionString);
        proxy.Intercept = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a"))));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All(responses, response => Assert.NotNull(response.Headers.RetryAfter));
    }

    [Fact]
    public async Task Storage_that_fails_half_of_the_time_loses_nothing_that_was_acknowledged()
    {
        int count = Seeded.Iterations(5_000, 20_000);
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NotApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var random = new Random(Seeded.Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"CF_SEED={Seeded.Seed}");
        proxy.Intercept = (service, context) => Task.FromResult(IsPut(service, context) && Fail(random, context));

        ConcurrentBag<string> acknowledged = [];
        ConcurrentBag<string> refused = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            string call = $"call{i}";
            using HttpResponseMessage response = await host.PostEventAsync(Callback.Json($"c{i % 50}", "participant-join", i, call));
            (response.StatusCode switch
            {
                HttpStatusCode.NoContent => acknowledged,
                HttpStatusCode.ServiceUnavailable => refused,
                _ => throw new InvalidOperationException($"{response.StatusCode}"),
            }).Add(call);
        });
        proxy.Resume();
        HashSet<string> stored = [.. QueueContent.Callbacks(await QueueContent.TakeAllAsync(proxy.DirectConnectionString))
            .Select(callback => JsonNode.Parse(callback.Body.Span)!["params"]!["call_id"]!.GetValue<string>())];

        Assert.NotEmpty(refused);
        Assert.Equal(count, acknowledged.Count + refused.Count);
        Assert.Empty(acknowledged.Except(stored));
        Assert.Empty(stored.Except(acknowledged.Concat(refused)));
    }

    [Fact]
    public async Task Slow_storage_lets_nobody_wait_longer_than_the_timeout_and_memory_does_not_grow()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, NotApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        proxy.Intercept = async (service, context) =>
        {
            if (IsPut(service, context))
            {
                await Task.Delay(500, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return false;
        };
        string body = Callback.Json("c1", "participant-join", 1, "a", new JsonObject { ["tag"] = new string('x', 20_000) });
        ConcurrentBag<TimeSpan> waits = [];
        int acknowledged = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await Task.WhenAll(Enumerable.Range(0, 256).Select(async _ =>
        {
            for (int i = 0; i < 4; i++)
            {
                long start = TimeProvider.System.GetTimestamp();
                using HttpResponseMessage response = await host.PostEventAsync(body);
                waits.Add(TimeProvider.System.GetElapsedTime(start));
                Assert.True(response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ServiceUnavailable);
                Interlocked.Add(ref acknowledged, response.StatusCode == HttpStatusCode.NoContent ? 1 : 0);
            }
        }));

        Assert.InRange(acknowledged, 1, 1024);
        // The timeout is three seconds; the rest is for a machine that is busy with other tests.
        Assert.InRange(waits.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 100 * 1024 * 1024);
    }

    [Fact]
    public async Task Ending_the_process_under_load_loses_nothing_that_was_acknowledged()
    {
        string storage = azurite.NewAccount();
        await using LocalHostProcess process = LocalHostProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--storage", storage], new Dictionary<string, string?> { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" });
        string baseUrl = await process.ReadyAsync();
        using var client = new HttpClient();
        Uri callback = await LocalHostProcess.CallbackUrlAsync(client, baseUrl);
        ConcurrentBag<string> acknowledged = [];
        using var ended = new CancellationTokenSource();

        Task[] senders = [.. Enumerable.Range(0, 32).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; !ended.IsCancellationRequested; i++)
            {
                string call = $"call{sender}-{i}";
                using var content = new StringContent(Callback.Json($"c{sender}", "participant-join", i, call), Encoding.UTF8, "application/json");
                try
                {
                    using HttpResponseMessage response = await client.PostAsync(callback, content, TestContext.Current.CancellationToken);
                    if (response.StatusCode == HttpStatusCode.NoContent)
                    {
                        acknowledged.Add(call);
                    }
                }
                catch (HttpRequestException)
                {
                    // The process is ending: not acknowledged.
                }
            }
        }))];
        await TestHost.EventuallyAsync(() => Task.FromResult(acknowledged.Count), count => count > 500);
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync());
        await ended.CancelAsync();
        await Task.WhenAll(senders);

        HashSet<string> stored = [.. QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage))
            .Select(queued => JsonNode.Parse(queued.Body.Span)!["params"]!["call_id"]!.GetValue<string>())];
        Assert.Empty(acknowledged.Except(stored));
    }

    [Fact]
    public async Task A_request_that_can_not_be_read_is_kept_byte_for_byte_and_answered_with_what_is_wrong()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes(new string('"', CallbackParser.MaxBytes)), [.. Enumerable.Repeat((byte)1, CallbackParser.MaxBytes)], [.. Enumerable.Repeat((byte)0xFF, CallbackParser.MaxBytes)],
        ];

        foreach (byte[] body in bodies.Concat(bodies))
        {
            using var content = new ByteArrayContent(body);
            using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.ConferenceCallback("room")), content, TestContext.Current.CancellationToken);
            JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("The request is neither a JSON object nor form fields.", problem["detail"]!.GetValue<string>());
        }

        List<byte[]> kept = [];
        await foreach (Azure.Storage.Blobs.Models.BlobItem blob in host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer)
            .GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions(), TestContext.Current.CancellationToken))
        {
            kept.Add((await host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer).GetBlobClient(blob.Name)
                .DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray());
        }

        Assert.Equal(bodies.Select(Convert.ToHexString).Order(), kept.Select(Convert.ToHexString).Order());
    }

    [Fact]
    public async Task Whatever_is_posted_gives_no_5xx_and_no_message_that_can_not_be_read()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, NotApplied, storage);
        int count = Seeded.Iterations(20_000, 200_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"CF_SEED={Seeded.Seed}");
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) =>
        {
            using HttpRequestMessage request = RandomRequest(new Random(Seeded.Seed + i), host);
            using HttpResponseMessage response = await host.Client.SendAsync(request, token);
            statuses.AddOrUpdate(response.StatusCode, 1, (_, seen) => seen + 1);
            Assert.True((int)response.StatusCode < 500, $"{response.StatusCode} for CF_SEED={Seeded.Seed + i}");
        });
        IReadOnlyList<QueuedCallback> queued = QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}")));
        Assert.Equal(statuses[HttpStatusCode.NoContent], queued.Count);
        Assert.True(statuses[HttpStatusCode.BadRequest] > 0);
        Assert.All(queued, callback => Assert.True(CallbackParser.TryParse(callback.Body, callback.Kind, out _, out string? fault), fault));
    }

    [Fact]
    public async Task A_callback_of_the_largest_size_is_taken_and_a_larger_one_is_a_413()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, NotApplied);
        string largest = Callback.Json("c1", "participant-join", 1, "a", new JsonObject { ["tag"] = "" });
        largest = largest.Replace("\"tag\":\"\"", $"\"tag\":\"{new string('x', CallbackParser.MaxBytes - largest.Length)}\"", StringComparison.Ordinal);

        using HttpResponseMessage taken = await host.PostEventAsync(largest);
        using HttpResponseMessage refused = await host.PostEventAsync(largest + " ");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.RequestEntityTooLarge), (taken.StatusCode, refused.StatusCode));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_callback_by_get_is_kept_without_our_own_token()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, NotApplied, storage);

        using HttpResponseMessage response = await host.Client.GetAsync(
            new Uri(host.Urls.ConferenceCallback("room") + "&params%5Bstatus%5D=participant-join&params.conference_id=c1&call_id=a%20b"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        QueuedCallback queued = Assert.Single(QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage)));
        Assert.Equal("params%5Bstatus%5D=participant-join&params.conference_id=c1&call_id=a%20b", Encoding.UTF8.GetString(queued.Body.Span));
    }

    [Fact]
    public async Task A_callback_is_one_trace_from_the_request_through_the_queue_to_the_table()
    {
        ConcurrentBag<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestHost host = await TestHost.StartAsync(azurite);
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Urls.ConferenceCallback("room"))
        {
            Content = new StringContent(Callback.Json("c1", "participant-join", 1, "a"), Encoding.UTF8, "application/json"),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
        };

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await TestHost.EventuallyAsync(() => Task.FromResult(spans.Count(span => span.OperationName == "callbacks apply" && span.TraceId == trace)), count => count > 0);

        string[] names = [.. spans.Where(span => span.TraceId == trace).Select(span => span.OperationName)];
        Assert.Contains("Microsoft.AspNetCore.Hosting.HttpRequestIn", names);
        Assert.Contains("callbacks put", names);
        Assert.Contains("callbacks apply", names);
        Assert.Contains(names, name => name.StartsWith("TableClient", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_log_nor_spans_have_bodies_numbers_tokens_or_query_strings()
    {
        ConcurrentBag<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var log = new LogCapture();
        await using TestHost host = await TestHost.StartAsync(
            azurite, new() { ["Logging:LogLevel:Default"] = "Trace" }, logging: logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        const string Number = "+15551239999";
        using var fetch = new StringContent($$$"""{"call":{"call_id":"call-1","from":"{{{Number}}}","to":"+15550001111"}}""", Encoding.UTF8, "application/json");

        await host.Client.PostAsync(new Uri(host.Urls.Swml("room", "name=query-secret")), fetch, TestContext.Current.CancellationToken);
        await host.PostEventAsync(Callback.Json("c1", "participant-join", 1, "call-1", new JsonObject { ["tag"] = "body-secret" }));
        await host.PostEventAsync("{\"unreadable-secret\"");
        await host.Client.PostAsync(new Uri("callbacks/conference/room?t=wrong-secret", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1);

        string token = host.Urls.ConferenceCallback("room").Split("t=")[1];
        string everything = string.Join('\n', log.Lines) + string.Join('\n', spans.Where(span => span.Source.Name != "System.Net.Http")
            .SelectMany(span => span.TagObjects.Where(tag => tag.Key != "url.query").Select(tag => $"{span.OperationName} {tag.Key}={tag.Value}")));
        Assert.NotEmpty(everything);
        Assert.All(
            [Number, "5551239999", token, host.Urls.Swml("room").Split("t=")[1], "query-secret", "body-secret", "unreadable-secret", "wrong-secret"],
            secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
    }

    private static HttpRequestMessage RandomRequest(Random random, TestHost host)
    {
        byte[] body = CallbackMutations.Next(random);
        string url = random.Next(2) == 0 ? host.Urls.ConferenceCallback("room") : host.Urls.RecordingCallback("room");
        if (random.Next(4) == 0)
        {
            return new HttpRequestMessage(HttpMethod.Get, $"{url}&{Uri.EscapeDataString(Encoding.Latin1.GetString(body)).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal)}");
        }

        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation(
            "Content-Type", random.Pick("application/json", "application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-16", "multipart/form-data", "nonsense", ""));
        return new HttpRequestMessage(HttpMethod.Post, $"{url}{random.Pick("", "&a=b", "&%", "&t=x", "&params[status]=x")}") { Content = content };
    }

    private static bool IsPut(string service, HttpContext context) =>
        service == "queue" && HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value!.EndsWith("/callbacks/messages", StringComparison.Ordinal);

    private static bool Fail(Random random, HttpContext context)
    {
        int fate;
        lock (random)
        {
            fate = random.Next(4);
        }

        switch (fate)
        {
            case 0:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return true;
            case 1:
                context.Abort();
                return true;
            default:
                return false;
        }
    }
}

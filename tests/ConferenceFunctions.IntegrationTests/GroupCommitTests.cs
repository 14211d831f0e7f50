using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class GroupCommitTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Callbacks_that_arrive_while_a_put_is_in_flight_share_the_next_one_and_a_lone_one_waits_for_nobody()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, new(TestHost.NotApplied) { ["Callbacks:PutsInFlight"] = "1" }, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var put = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        proxy.Intercept = async (service, context) =>
        {
            if (FaultProxy.IsCallbackPut(service, context) && put.TrySetResult())
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
        await using TestHost host = await TestHost.StartAsync(azurite, new(TestHost.NotApplied) { ["Callbacks:PutsInFlight"] = "1" }, storage);
        string[] bodies = [.. Enumerable.Range(0, 60).Select(i => Callback.Json("c1", "participant-join", i, $"call{i}", new JsonObject { ["tag"] = new string('\u0001', 85 * i) }))];

        HttpResponseMessage[] responses = await Task.WhenAll(bodies.Select(body => host.PostEventAsync(body)));
        List<QueueMessage> messages = await QueueContent.TakeAllAsync(storage);

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
        Assert.All(messages, message => Assert.InRange(message.Body.ToMemory().Length, 1, CallbackMessage.MaxBytes));
        Assert.All(messages, message => Assert.True(message.ExpiresOn > TimeProvider.System.GetUtcNow().AddYears(100)));
        Assert.Equal(bodies.Order(), QueueContent.Callbacks(messages).Select(callback => Encoding.UTF8.GetString(callback.Body.Span)).Order());
    }

    [Fact]
    public async Task When_too_many_wait_the_next_ones_are_told_at_once_to_try_again()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy, putsInFlight: 1, ("Callbacks:Capacity", "2"));
        var puts = new HeldPuts(proxy);

        Task<HttpResponseMessage> put = host.PostEventAsync(Callback.Json("c1", "participant-join", 0, "a"));
        await puts.AreHeldAsync(1);
        Task<HttpResponseMessage>[] waiting = [.. Enumerable.Range(1, 2).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a")))];
        await TestHost.EventuallyAsync(() => Task.FromResult(host.PendingCallbacks), pending => pending == 2);
        HttpResponseMessage[] refused = await Task.WhenAll(Enumerable.Range(3, 5).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a"))));
        puts.Release();
        HttpResponseMessage[] taken = await Task.WhenAll([put, .. waiting]);

        Assert.All(refused, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All(refused, response => Assert.NotNull(response.Headers.RetryAfter));
        Assert.All(taken, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
    }

    [Fact]
    public async Task Large_callbacks_that_wait_are_bounded_by_what_they_take_of_memory()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        // 16 times 8 KiB: three of these callbacks, and the one that goes beyond.
        await using TestHost host = await StartAsync(proxy, putsInFlight: 1, ("Callbacks:Capacity", "16"));
        var puts = new HeldPuts(proxy);
        string[] bodies = [.. Enumerable.Range(0, 10).Select(i => Callback.Json("c1", "participant-join", i, "a", new JsonObject { ["tag"] = new string('x', 30_000) }))];

        List<HttpResponseMessage> refused = [];
        Task<HttpResponseMessage> put = host.PostEventAsync(bodies[0]);
        await puts.AreHeldAsync(1);
        List<Task<HttpResponseMessage>> others = [.. bodies[1..].Select(body => host.PostEventAsync(body))];
        while (refused.Count < 5)
        {
            Task<HttpResponseMessage> answered = await Task.WhenAny(others);
            others.Remove(answered);
            refused.Add(await answered);
        }

        puts.Release();
        HttpResponseMessage[] taken = await Task.WhenAll([put, .. others]);

        Assert.All(refused, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All(taken, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
    }

    [Fact]
    public async Task A_put_that_hangs_costs_those_in_it_alone_and_never_are_there_more_puts_than_set()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy, putsInFlight: 3);
        var puts = new HeldPuts(proxy) { Only = 1 };

        Task<HttpResponseMessage> hung = host.PostEventAsync(Callback.Json("c1", "participant-join", 0, "hung"));
        await puts.AreHeldAsync(1);
        for (int i = 1; i <= 10; i++)
        {
            using HttpResponseMessage next = await host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a"));
            Assert.Equal(HttpStatusCode.NoContent, next.StatusCode);
        }

        Assert.False(hung.IsCompleted);
        using HttpResponseMessage late = await hung;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        Assert.NotNull(late.Headers.RetryAfter);
    }

    [Fact]
    public async Task So_many_puts_as_set_are_in_flight_at_a_time_and_no_more()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy, putsInFlight: 3);
        var puts = new HeldPuts(proxy);

        List<Task<HttpResponseMessage>> posts = [];
        for (int i = 0; i < 3; i++)
        {
            posts.Add(host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a")));
            await puts.AreHeldAsync(i + 1);
        }

        posts.AddRange(Enumerable.Range(3, 100).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a"))));
        await TestHost.EventuallyAsync(() => Task.FromResult(host.PendingCallbacks), pending => pending == 100);
        puts.Release();
        HttpResponseMessage[] responses = await Task.WhenAll(posts);

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.NoContent, response.StatusCode));
        Assert.Equal(3, puts.MostAtATime);
    }

    [Fact]
    public async Task A_put_whose_answer_is_lost_is_a_503_and_its_callback_sent_again_counts_once()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        string body = Callback.Json("c1", "participant-join", 1, "a");
        proxy.LosesAnswer = FaultProxy.IsCallbackPut;

        using HttpResponseMessage unknown = await host.PostEventAsync(body);
        proxy.LosesAnswer = (_, _) => false;
        using HttpResponseMessage again = await host.PostEventAsync(body);
        using HttpResponseMessage last = await host.PostEventAsync(Callback.Json("c1", "participant-leave", 2, "a"));

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, HttpStatusCode.NoContent, HttpStatusCode.NoContent), (unknown.StatusCode, again.StatusCode, last.StatusCode));
        IReadOnlyList<ConferenceLogEntry> events = await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), log => log.Count >= 2);
        Assert.Equal(["participant-join", "participant-leave"], events.Select(e => e.Status));
        Assert.True(proxy.Requests.Count(request => request.Service == "queue" && request.Method == "POST" && request.Target.Contains("/callbacks/messages", StringComparison.Ordinal)) > 2);
    }

    [Fact]
    public async Task Who_called_is_put_before_the_process_ends()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        var puts = new HeldPuts(proxy);
        Task ended;
        await using (TestHost host = await StartAsync(proxy, putsInFlight: 1))
        {
            using var content = new StringContent("""{"call":{"call_id":"call-1","from":"+15551234567","to":"+15557654321"}}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage document = await host.Client.PostAsync(new Uri(host.Urls.Swml("room")), content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, document.StatusCode);
            await puts.AreHeldAsync(1);
            ended = host.DisposeAsync().AsTask();
            puts.Release();
            await ended;
        }

        QueuedCallback caller = Assert.Single(QueueContent.Callbacks(await QueueContent.TakeAllAsync(proxy.DirectConnectionString)));
        Assert.Equal(CallbackKind.Caller, caller.Kind);
    }

    private async Task<TestHost> StartAsync(FaultProxy proxy, int putsInFlight, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(TestHost.NotApplied) { ["Callbacks:PutsInFlight"] = $"{putsInFlight}" };
        foreach ((string name, string value) in more)
        {
            settings[name] = value;
        }

        TestHost host = await TestHost.StartAsync(azurite, settings, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Keeps puts of callbacks from reaching storage.</summary>
    private sealed class HeldPuts
    {
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _held;
        private int _inFlight;
        private int _most;

        public HeldPuts(FaultProxy proxy) => proxy.Intercept = async (service, context) =>
        {
            if (!FaultProxy.IsCallbackPut(service, context) || Interlocked.Increment(ref _held) > Only)
            {
                return false;
            }

            int inFlight = Interlocked.Increment(ref _inFlight);
            InterlockedMax(inFlight);
            await _release.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _inFlight);
            return false;
        };

        /// <summary>How many are held; later ones go through.</summary>
        public int Only { get; init; } = int.MaxValue;

        /// <summary>Most that were held at a time.</summary>
        public int MostAtATime => Volatile.Read(ref _most);

        public Task AreHeldAsync(int count) => TestHost.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref _held)), held => held >= count);

        public void Release() => _release.TrySetResult();

        private void InterlockedMax(int value)
        {
            for (int most = _most; value > most && Interlocked.CompareExchange(ref _most, value, most) != most; most = _most)
            {
            }
        }
    }
}

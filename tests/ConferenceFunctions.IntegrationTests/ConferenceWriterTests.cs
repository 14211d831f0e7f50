using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What applying events asks of the table, counted at a proxy.</summary>
public sealed class ConferenceWriterTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int MaxSideBySide = 16;

    private FaultProxy? _proxy;
    private TestHost? _host;

    private FaultProxy Proxy => _proxy!;

    private TestHost Host => _host!;

    private ConferenceApplier Applier => Host.Services.GetRequiredService<ConferenceApplier>();

    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(azurite);
        _host = await TestHost.StartAsync(azurite, TestHost.NotApplied, _proxy.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(130, true, 100, 3)]
    [InlineData(130, false, 31_000, 2)]
    public async Task More_than_a_transaction_takes_is_split_by_events(int count, bool ofMany, int padding, int transactions)
    {
        List<long> sizes = [];
        Proxy.Intercept = (_, context) =>
        {
            if (IsTransaction(context))
            {
                sizes.Add(context.Request.ContentLength ?? long.MaxValue);
            }

            return Task.FromResult(false);
        };

        await Applier.ApplyAsync("c1", [.. Enumerable.Range(0, count).Select(i => ConferenceHost.Received(
            Callback.Json("c1", "participant-join", i, ofMany ? $"call-{i}" : "a", new() { ["padding"] = new string('x', padding) })))]);

        Assert.Equal(transactions, sizes.Count);
        Assert.All(sizes, size => Assert.InRange(size, 1, 4 * 1024 * 1024));
        Assert.Equal(1 + (ofMany ? count : 1) + count, (await Host.RowsAsync(StorageNames.ConferenceTable)).Count);
    }

    [Fact]
    public async Task Rows_that_are_kept_are_not_read()
    {
        await Applier.ApplyAsync("c1", [Received("participant-join", 1, "a")]);
        Proxy.Requests.Clear();
        await Applier.ApplyAsync("c1", [Received("participant-join", 2, "b"), Received("participant-mute", 3, "a")]);
        Assert.Empty(Reads());

        // Another process has to read what it does not know, once.
        Proxy.Requests.Clear();
        var other = new ConferenceApplier(Host.Storage, Host.Services.GetRequiredService<ConferenceTelemetry>(), TimeProvider.System);
        await other.ApplyAsync("c1", [Received("participant-mute", 4, "a")]);
        Assert.Equal(2, Reads().Count());
        await other.ApplyAsync("c1", [Received("participant-unmute", 5, "a")]);
        Assert.Equal(2, Reads().Count());
    }

    [Fact]
    public async Task Batches_that_arrive_while_a_transaction_is_in_flight_share_the_next_one()
    {
        var (reached, release) = (Source(), Source());
        int transactions = 0;
        Proxy.Intercept = async (_, context) =>
        {
            if (IsTransaction(context) && Interlocked.Increment(ref transactions) == 1)
            {
                reached.SetResult();
                await release.Task;
            }

            return false;
        };

        Task<ApplyOutcome> first = Applier.ApplyAsync("c1", [Received("participant-join", 0, "a")]);
        await reached.Task;
        Task<ApplyOutcome>[] others = [.. Enumerable.Range(1, 20).Select(i => Applier.ApplyAsync("c1", [Received("participant-modify", i, "a")]))];
        release.SetResult();

        Assert.All(await Task.WhenAll([first, .. others]), outcome => Assert.Equal(ApplyOutcome.Applied, outcome));
        Assert.Equal(2, transactions);
        Assert.Equal(21, (await Host.EventsAsync("c1")).Count);
    }

    [Fact]
    public async Task Conferences_of_one_message_are_applied_side_by_side_but_not_all_of_them()
    {
        TaskCompletionSource full = Source();
        int inFlight = 0;
        int most = 0;
        Proxy.Intercept = async (_, context) =>
        {
            if (IsTransaction(context))
            {
                int now = Interlocked.Increment(ref inFlight);
                InterlockedMax(ref most, now);
                if (now == MaxSideBySide)
                {
                    full.TrySetResult();
                }

                // Nobody goes on before so many are here: one at a time would wait for ever.
                await full.Task.WaitAsync(TestContext.Current.CancellationToken);
                Interlocked.Decrement(ref inFlight);
            }

            return false;
        };

        await ProcessAsync([.. Enumerable.Range(0, 3 * MaxSideBySide).Select(i => Callback.Json($"c{i}", "conference-start", i))]);

        Assert.Equal(MaxSideBySide, most);
        Assert.Equal(3 * MaxSideBySide, (await Host.RowsAsync(StorageNames.ConferenceTable)).Count(row => row.RowKey == StorageKey.Conference));
    }

    [Fact]
    public async Task One_event_that_storage_never_takes_is_set_aside_and_the_others_applied_more_than_once_count_once()
    {
        int refused = 0;
        Proxy.Intercept = async (_, context) =>
        {
            if (!IsTransaction(context))
            {
                return false;
            }

            context.Request.EnableBuffering();
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8, leaveOpen: true);
            string body = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            context.Request.Body.Position = 0;
            if (!body.Contains("participant-explode", StringComparison.Ordinal))
            {
                return false;
            }

            refused++;
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return true;
        };

        await ProcessAsync(
            Callback.Json("c1", "participant-join", 1, "a", Size(1)), Callback.Json("c1", "participant-explode", 2, "a"), Callback.Json("c1", "participant-leave", 3, "a", Size(0)));

        Participant participant = Assert.Single((await Host.GetAsync("conferences/c1/participants", ApiJson.Default.PageParticipant))!.Items);
        Assert.Equal(new Stint(TestClock.At(1), TestClock.At(3), 2, LeftInferred: false, Open: false, StintEnd.Left), Assert.Single(participant.Stints));
        Assert.Equal(["participant-join", "participant-leave"], (await Host.EventsAsync("c1")).Select(e => e.Status));
        Assert.Equal((1, 0), ((await Host.GetAsync("conferences/c1", ApiJson.Default.Conference)) is { PeakSize: { } peak, Size: { } size } ? (peak, size) : default));
        Assert.Equal("c1", Assert.Single(await Host.DeadLettersAsync()).ConferenceId);
        // Together, alone in the transaction, alone in a batch.
        Assert.Equal(3, refused);
    }

    private Task ProcessAsync(params string[] events) => Host.Services.GetRequiredService<CallbackProcessor>().ProcessAsync(
        Encoding.UTF8.GetBytes(TestHostExtensions.Message(events.Select(json => TestHostExtensions.Queued(json)))), TestContext.Current.CancellationToken);

    private IEnumerable<(string Service, string Method, string Target)> Reads() => Proxy.Requests.Where(
        request => request.Method == HttpMethods.Get && request.Target.Contains("/conferences(", StringComparison.Ordinal));

    private static bool IsTransaction(HttpContext context) => context.Request.Path.Value!.EndsWith("$batch", StringComparison.Ordinal);

    private static ReceivedEvent Received(string status, double second, string call) => ConferenceHost.Received(Callback.Json("c1", status, second, call));

    private static JsonObject Size(int size) => new() { ["size"] = size };

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen = most; now > seen; seen = most)
        {
            Interlocked.CompareExchange(ref most, now, seen);
        }
    }
}

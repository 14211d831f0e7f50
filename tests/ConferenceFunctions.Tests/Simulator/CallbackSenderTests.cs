using System.Net;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

public class CallbackSenderTests
{
    [Fact]
    public async Task A_callback_that_is_acknowledged_is_sent_once()
    {
        (StubHandler handler, IReadOnlyList<LedgerEntry> entries) = await SendAsync(_ => HttpStatusCode.NoContent);

        Assert.Equal(4, handler.Requests.Count);
        Assert.All(entries, entry => Assert.Equal((1, true, null), (entry.Attempts, entry.Acknowledged, entry.Refusal)));
    }

    [Fact]
    public async Task A_callback_that_is_refused_is_tried_three_times_in_all()
    {
        (_, IReadOnlyList<LedgerEntry> entries) = await SendAsync(_ => HttpStatusCode.ServiceUnavailable);

        Assert.All(entries, entry => Assert.Equal((3, false, "status 503"), (entry.Attempts, entry.Acknowledged, entry.Refusal)));
    }

    [Fact]
    public async Task A_callback_that_is_acknowledged_at_last_is_acknowledged()
    {
        Dictionary<string, int> times = [];
        (_, IReadOnlyList<LedgerEntry> entries) = await SendAsync(body =>
        {
            lock (times)
            {
                return (times[body] = times.GetValueOrDefault(body) + 1) < 3 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK;
            }
        });

        Assert.All(entries, entry => Assert.Equal((3, true), (entry.Attempts, entry.Acknowledged)));
    }

    [Fact]
    public async Task No_connection_is_no_acknowledgement()
    {
        (_, IReadOnlyList<LedgerEntry> entries) = await SendAsync(_ => throw new HttpRequestException("Connection refused"));

        Assert.All(entries, entry => Assert.Equal((3, "Connection refused"), (entry.Attempts, entry.Refusal)));
    }

    [Fact]
    public async Task Who_it_is_sent_to_is_kept()
    {
        (_, IReadOnlyList<LedgerEntry> toBackend) = await SendAsync(_ => HttpStatusCode.OK, "https://example.com");
        (_, IReadOnlyList<LedgerEntry> elsewhere) = await SendAsync(_ => HttpStatusCode.OK, "https://example.org");

        Assert.All(toBackend, entry => Assert.True(entry.ToBackend));
        Assert.All(elsewhere, entry => Assert.False(entry.ToBackend));
    }

    [Fact]
    public async Task Credentials_in_a_URL_are_sent_as_such_and_not_signed()
    {
        using var handler = new StubHandler((_, _) => StubHandler.Status(HttpStatusCode.OK));
        using var http = new HttpClient(handler);
        var signer = new RequestSigner("key");
        var client = new SignalWireClient(http, signer, TimeProvider.System);

        await client.SendAsync(CallbackRequest.PostJson(new Uri("https://ann:s%40crate@example.com/x?y=1"), "{}"u8.ToArray()), TestContext.Current.CancellationToken);

        (HttpRequestMessage request, _) = Assert.Single(handler.Requests);
        Assert.Equal("https://example.com/x?y=1", request.RequestUri!.AbsoluteUri);
        Assert.Equal("Basic YW5uOnNAY3JhdGU=", request.Headers.Authorization!.ToString());
        Assert.Equal(
            signer.Sign(CallbackRequest.PostJson(new Uri("https://example.com/x?y=1"), "{}"u8.ToArray()))[0].Value,
            Assert.Single(request.Headers.GetValues(RequestSigner.Header)));
    }

    private static async Task<(StubHandler Handler, IReadOnlyList<LedgerEntry> Entries)> SendAsync(
        Func<string, HttpStatusCode> answer, string backend = "https://example.com")
    {
        var handler = new StubHandler((_, body) => StubHandler.Status(answer(body)));
        using var http = new HttpClient(handler);
        var ledger = new Ledger(backend);
        var sender = new CallbackSender(new SignalWireClient(http, null, TimeProvider.System), ledger, TimeProvider.System) { RetryPause = TimeSpan.Zero };
        var room = new Room();
        room.Join("ann");
        room.Leave("ann");
        foreach (SimulatedCallback callback in room.Sink.Posted)
        {
            sender.Post(callback);
        }

        sender.Complete();
        await sender.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal((4, 4), ledger.Count);
        return (handler, ledger.Entries);
    }
}

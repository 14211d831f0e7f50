using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeFaultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Storage_that_fails_half_of_the_time_loses_nothing_that_was_acknowledged()
    {
        int count = Seeded.Iterations(5_000, 20_000);
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var random = new Random(Seeded.Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"CF_SEED={Seeded.Seed}");
        proxy.Intercept = (service, context) => Task.FromResult(FaultProxy.IsCallbackPut(service, context) && Fail(random, context));

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
    public async Task A_request_that_can_not_be_read_is_a_503_where_storage_refuses_to_keep_it()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        proxy.Intercept = (_, context) => Refuse(context);

        using HttpResponseMessage response = await host.PostEventAsync("no event");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_queue_that_refuses_for_a_while_is_read_again_afterwards()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        var refused = new TaskCompletionSource();
        proxy.Intercept = (service, context) =>
        {
            bool isRead = service == "queue" && HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Value!.EndsWith("/callbacks/messages", StringComparison.Ordinal);
            if (!isRead)
            {
                return Task.FromResult(false);
            }

            refused.TrySetResult();
            return Refuse(context);
        };
        await refused.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        proxy.Resume();
        using HttpResponseMessage response = await host.PostEventAsync(Callback.Json("c1", "participant-join", 1, "a"));

        Assert.Single(await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count > 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_breaks_off_within_a_body_is_no_failure_of_storage(bool reset)
    {
        using var log = new LogCapture();
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, logging: logging => logging.AddProvider(log));
        var url = new Uri(host.Urls.ConferenceCallback("room"));
        using (var client = new TcpClient(url.Host, url.Port))
        {
            client.LingerState = new LingerOption(reset, 0);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST {url.PathAndQuery} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{{"), TestContext.Current.CancellationToken);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        using HttpResponseMessage next = await host.PostEventAsync(Callback.Json("c1", "participant-join", 1, "a"));
        await Task.Delay(200, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, next.StatusCode);
        Assert.DoesNotContain(log.Lines, line => line.Contains("Storage failed", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal) || line.StartsWith("Error", StringComparison.Ordinal));
    }

    private static Task<bool> Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.FromResult(true);
    }

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

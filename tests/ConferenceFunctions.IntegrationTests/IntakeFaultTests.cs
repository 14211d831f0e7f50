using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;

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

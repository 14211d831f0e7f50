using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeBackPressureTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Slow_storage_lets_nobody_wait_longer_than_the_timeout_and_memory_does_not_grow()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        proxy.Intercept = async (service, context) =>
        {
            if (FaultProxy.IsCallbackPut(service, context))
            {
                await Task.Delay(500, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return false;
        };
        string body = Callback.Json("c1", "participant-join", 1, "a", new JsonObject { ["tag"] = new string('x', 20_000) });
        ConcurrentBag<TimeSpan> waits = [];
        int acknowledged = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long whileWaiting = 0;

        await Task.WhenAll(Enumerable.Range(0, 256).Select(async connection =>
        {
            for (int i = 0; i < 4; i++)
            {
                long start = TimeProvider.System.GetTimestamp();
                using HttpResponseMessage response = await host.PostEventAsync(body);
                waits.Add(TimeProvider.System.GetElapsedTime(start));
                Assert.True(response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ServiceUnavailable);
                if (connection == 0)
                {
                    // The others wait, or have just begun to again.
                    whileWaiting = Math.Max(whileWaiting, GC.GetTotalMemory(forceFullCollection: true) - before);
                }

                Interlocked.Add(ref acknowledged, response.StatusCode == HttpStatusCode.NoContent ? 1 : 0);
            }
        }));

        Assert.InRange(acknowledged, 1, 1024);
        // The timeout is three seconds; the rest is for a machine that is busy with other tests.
        Assert.InRange(waits.Max(), TimeSpan.Zero, TimeSpan.FromSeconds(8));
        Assert.InRange(whileWaiting, long.MinValue, 100 * 1024 * 1024);
    }
}

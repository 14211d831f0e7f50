using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
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
    public async Task When_too_many_wait_the_next_ones_are_told_to_try_again()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(
            azurite, new(TestHost.NotApplied) { ["Callbacks:PutsInFlight"] = "1", ["Callbacks:Capacity"] = "2", ["Callbacks:PutTimeout"] = "00:00:01" }, proxy.ConnectionString);
        proxy.Intercept = async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => host.PostEventAsync(Callback.Json("c1", "participant-join", i, "a"))));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode));
        Assert.All(responses, response => Assert.NotNull(response.Headers.RetryAfter));
    }
}

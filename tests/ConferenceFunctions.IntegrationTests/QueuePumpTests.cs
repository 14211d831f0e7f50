using System.Collections.Concurrent;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.LocalHost;
using ConferenceFunctions.LocalHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConferenceFunctions.IntegrationTests;

public class QueuePumpTests(AzuriteFixture azurite)
{
    private static readonly QueueSettings Settings = new()
    {
        BatchSize = 4,
        NewBatchThreshold = 2,
        VisibilityTimeout = TimeSpan.FromSeconds(1),
        MaxPollingInterval = TimeSpan.FromMilliseconds(100),
        MaxDequeueCount = 3,
        Lease = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public async Task A_message_is_handled_once_and_is_gone()
    {
        await using Pumped pumped = await Pumped.StartAsync(azurite, (_, _) => Task.CompletedTask);

        await pumped.SendAsync("hello");

        await TestHost.EventuallyAsync(() => Task.FromResult(pumped.Handled.Count), count => count == 1);
        Assert.Equal(0, await TestHost.EventuallyAsync(pumped.CountAsync, count => count == 0));
        Assert.Equal(["hello"], pumped.Handled.Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_tried_as_often_as_host_json_says_and_then_is_poison()
    {
        await using Pumped pumped = await Pumped.StartAsync(azurite, (_, _) => throw new InvalidOperationException());

        await pumped.SendAsync("bad");

        PeekedMessage[] poison = await TestHost.EventuallyAsync(pumped.PoisonAsync, messages => messages.Length > 0);
        Assert.Equal("bad", Assert.Single(poison).Body.ToString());
        Assert.Equal([1, 2, 3], pumped.Handled.Select(message => message.DequeueCount));
        Assert.Equal(0, await pumped.CountAsync());
    }

    [Fact]
    public async Task A_function_that_takes_longer_than_the_lease_keeps_its_message()
    {
        await using Pumped pumped = await Pumped.StartAsync(azurite, (_, token) => Task.Delay(Settings.Lease * 2, token));

        await pumped.SendAsync("slow");

        Assert.Equal(0, await TestHost.EventuallyAsync(pumped.CountAsync, count => count == 0));
        Assert.Single(pumped.Handled);
    }

    [Fact]
    public async Task No_more_run_at_a_time_than_batch_size_and_threshold_allow()
    {
        int running = 0;
        int most = 0;
        var gate = new Lock();
        await using Pumped pumped = await Pumped.StartAsync(azurite, async (_, token) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            await Task.Delay(50, token);
            lock (gate)
            {
                running--;
            }
        });

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => pumped.SendAsync($"{i}")));

        await TestHost.EventuallyAsync(() => Task.FromResult(pumped.Handled.Count), count => count == 30);
        Assert.InRange(most, Settings.BatchSize, Settings.BatchSize + Settings.NewBatchThreshold);
    }

    [Fact]
    public async Task Stopping_waits_for_the_functions_that_run()
    {
        var started = new TaskCompletionSource();
        bool finished = false;
        await using Pumped pumped = await Pumped.StartAsync(azurite, async (_, _) =>
        {
            started.SetResult();
            await Task.Delay(500, CancellationToken.None);
            finished = true;
        });

        await pumped.SendAsync("last");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await pumped.StopAsync();

        Assert.True(finished);
        Assert.Equal(0, await pumped.CountAsync());
    }

    [Fact]
    public async Task A_message_of_a_poison_queue_stays_there_however_often_it_fails()
    {
        await using Pumped pumped = await Pumped.StartAsync(
            azurite, (_, _) => throw new InvalidOperationException(), "work-poison", Settings with { MaxDequeueCount = 1, Lease = TimeSpan.FromSeconds(1) });

        await pumped.SendAsync("hello");
        int tries = await TestHost.EventuallyAsync(() => Task.FromResult(pumped.Handled.Count), count => count >= 2);
        await pumped.StopAsync();

        Assert.True(tries >= 2);
        Assert.Equal(1, await pumped.CountAsync());
        Assert.Empty(await pumped.PoisonAsync());
    }

    [Fact]
    public async Task A_function_that_stops_with_the_host_leaves_its_message_to_the_next_even_at_its_last_try()
    {
        var started = new TaskCompletionSource();
        await using Pumped pumped = await Pumped.StartAsync(
            azurite,
            async (_, token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
            settings: Settings with { MaxDequeueCount = 1, Lease = TimeSpan.FromMinutes(10) });

        await pumped.SendAsync("again");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await pumped.StopAsync();

        Assert.Empty(await pumped.PoisonAsync());
        Assert.Equal("again", (await pumped.ReceiveAsync()).Body.ToString());
    }

    [Fact]
    public async Task A_message_whose_last_try_ended_with_its_process_is_poison_without_another_try()
    {
        await using Pumped pumped = Pumped.Create(azurite, (_, _) => Task.CompletedTask, settings: Settings with { MaxDequeueCount = 1 });
        await pumped.CreateQueuesAsync();
        await pumped.SendAsync("deadly");
        await pumped.ReceiveAsync();

        await pumped.StartAsync();

        Assert.Equal("deadly", Assert.Single(await TestHost.EventuallyAsync(pumped.PoisonAsync, messages => messages.Length > 0)).Body.ToString());
        Assert.Empty(pumped.Handled);
    }

    /// <summary>A queue that is pumped into a delegate.</summary>
    private sealed class Pumped : IAsyncDisposable
    {
        private readonly ServiceProvider _services;
        private readonly QueuePump _pump;
        private readonly QueueClient _queue;
        private readonly QueueClient _poison;

        private Pumped(string connectionString, Func<QueueMessage, CancellationToken, Task> function, string name, QueueSettings settings)
        {
            var queues = new QueueServiceClient(connectionString);
            (_queue, _poison) = (queues.GetQueueClient(name), queues.GetQueueClient(name + "-poison"));
            Function.Handler handler = (message, token) =>
            {
                Handled.Enqueue(message);
                return function(message, token);
            };
            _services = new ServiceCollection().AddSingleton(handler).BuildServiceProvider();
            _pump = new QueuePump(
                new QueueFunction("Work", typeof(Function).GetMethod(nameof(Function.RunAsync))!, new QueueTriggerAttribute(name)),
                queues,
                settings,
                new FunctionInvoker(_services.GetRequiredService<IServiceScopeFactory>()),
                Task.CompletedTask,
                TimeProvider.System,
                NullLogger<QueuePump>.Instance);
        }

        public ConcurrentQueue<QueueMessage> Handled { get; } = [];

        public static async Task<Pumped> StartAsync(
            AzuriteFixture azurite, Func<QueueMessage, CancellationToken, Task> function, string name = "work", QueueSettings? settings = null)
        {
            Pumped pumped = Create(azurite, function, name, settings);
            await pumped.CreateQueuesAsync();
            await pumped.StartAsync();
            return pumped;
        }

        public static Pumped Create(
            AzuriteFixture azurite, Func<QueueMessage, CancellationToken, Task> function, string name = "work", QueueSettings? settings = null) =>
            new(azurite.NewAccount(), function, name, settings ?? Settings);

        public Task CreateQueuesAsync() => Task.WhenAll(_queue.CreateAsync(), _poison.CreateAsync());

        public Task StartAsync() => _pump.StartAsync(TestContext.Current.CancellationToken);

        /// <summary>Takes a message as a pump would, and drops it at once.</summary>
        public async Task<QueueMessage> ReceiveAsync() => await _queue.ReceiveMessageAsync(TimeSpan.FromSeconds(1));

        public Task SendAsync(string message) => _queue.SendMessageAsync(message);

        public async Task<int> CountAsync() => (await _queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;

        public async Task<PeekedMessage[]> PoisonAsync() => await _poison.PeekMessagesAsync(32);

        public Task StopAsync() => _pump.StopAsync(CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _pump.Dispose();
            await _services.DisposeAsync();
        }
    }

    /// <summary>The function that is pumped into.</summary>
    private sealed class Function(Function.Handler handler)
    {
        public delegate Task Handler(QueueMessage message, CancellationToken cancellationToken);

        public Task RunAsync(QueueMessage message, CancellationToken cancellationToken) => handler(message, cancellationToken);
    }
}

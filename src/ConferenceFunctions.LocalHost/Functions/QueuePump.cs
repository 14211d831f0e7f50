using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Feeds the messages of one queue to its function, with the semantics of the Functions host, once storage lets this program in.</summary>
internal sealed partial class QueuePump(
    QueueFunction function,
    QueueServiceClient queues,
    QueueSettings settings,
    FunctionInvoker invoker,
    Task storageReady,
    TimeProvider time,
    ILogger<QueuePump> logger)
    : BackgroundService
{
    private static readonly TimeSpan MinPollingInterval = TimeSpan.FromMilliseconds(100);

    private readonly QueueClient _queue = queues.GetQueueClient(function.Trigger.QueueName);

    // Touched by the polling loop alone.
    private readonly List<Task> _running = [];

    private bool IsPoisonQueue => _queue.Name.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        TimeSpan pause = MinPollingInterval;
        try
        {
            await storageReady.WaitAsync(stoppingToken);
            while (true)
            {
                int taken = await TakeAsync(stoppingToken);
                // As long as there are messages nobody waits; then ever longer, as the Functions host does.
                pause = taken > 0 ? MinPollingInterval : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, settings.MaxPollingInterval.Ticks));
                await (taken > 0 ? RoomAsync(stoppingToken) : Task.Delay(pause, time, stoppingToken));
            }
        }
        catch (LocalHostException)
        {
            // The app does not start, and says why.
        }
        catch (OperationCanceledException)
        {
            // Draining: what was taken is finished, or comes back when its lease ends.
            await Task.WhenAll(_running);
        }
    }

    private async Task<int> TakeAsync(CancellationToken stoppingToken)
    {
        try
        {
            QueueMessage[] messages = await _queue.ReceiveMessagesAsync(settings.BatchSize, settings.Lease, stoppingToken);
            foreach (QueueMessage message in messages)
            {
                _running.Add(Task.Run(() => HandleAsync(message, stoppingToken), CancellationToken.None));
            }

            return messages.Length;
        }
        catch (Exception exception) when ((exception is RequestFailedException || StorageFailure.IsTransient(exception)) && !stoppingToken.IsCancellationRequested)
        {
            // A refusal passes, too, once somebody has mended what it is about; ending the host would mend nothing.
            Log.NotPolled(logger, _queue.Name, StorageFailure.Reason(exception));
            return 0;
        }
    }

    private async Task RoomAsync(CancellationToken stoppingToken)
    {
        _running.RemoveAll(task => task.IsCompleted);
        while (_running.Count > settings.NewBatchThreshold)
        {
            await Task.WhenAny(_running).WaitAsync(stoppingToken);
            _running.RemoveAll(task => task.IsCompleted);
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        try
        {
            // A message whose last try ended with the process would otherwise be tried for ever.
            if (message.DequeueCount > settings.MaxDequeueCount && !IsPoisonQueue)
            {
                await GiveUpAsync(message, message.PopReceipt);
                return;
            }

            using var lease = new QueueLease(_queue, message, settings.Lease, time);
            lease.Start();
            FunctionOutcome outcome = await RunAsync(message, stoppingToken);
            await FinishAsync(message, await lease.ReleaseAsync(), outcome);
        }
        catch (Exception exception)
        {
            // The lease is lost, or storage is down: the message comes back by itself.
            Log.NotFinished(logger, function.Name, StorageFailure.Reason(exception));
        }
    }

    private async Task<FunctionOutcome> RunAsync(QueueMessage message, CancellationToken stoppingToken)
    {
        try
        {
            await invoker.InvokeAsync(function.Method, message, stoppingToken);
            return FunctionOutcome.Succeeded;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return FunctionOutcome.Stopped;
        }
        catch (Exception exception)
        {
            Log.FunctionFailed(logger, function.Name, message.DequeueCount, settings.MaxDequeueCount, StorageFailure.Reason(exception));
            return FunctionOutcome.Failed;
        }
    }

    private Task FinishAsync(QueueMessage message, string popReceipt, FunctionOutcome outcome) => outcome switch
    {
        FunctionOutcome.Succeeded => _queue.DeleteMessageAsync(message.MessageId, popReceipt),
        // Whoever runs next need not wait for the lease to end.
        FunctionOutcome.Stopped => _queue.UpdateMessageAsync(message.MessageId, popReceipt, visibilityTimeout: TimeSpan.Zero),
        // There is no queue behind a poison queue: the message comes back when its lease ends, for as long as it takes.
        _ when IsPoisonQueue => Task.CompletedTask,
        _ when message.DequeueCount < settings.MaxDequeueCount =>
            _queue.UpdateMessageAsync(message.MessageId, popReceipt, visibilityTimeout: settings.VisibilityTimeout),
        _ => GiveUpAsync(message, popReceipt),
    };

    private async Task GiveUpAsync(QueueMessage message, string popReceipt)
    {
        await queues.GetQueueClient(_queue.Name + StorageNames.PoisonSuffix).SendForGoodAsync(message.Body);
        await _queue.DeleteMessageAsync(message.MessageId, popReceipt);
    }

    private static partial class Log
    {
        [LoggerMessage(400, LogLevel.Warning, "The queue '{Queue}' can't be read ({Reason}); trying again.")]
        public static partial void NotPolled(ILogger logger, string queue, string reason);

        [LoggerMessage(401, LogLevel.Warning, "{Function} failed ({Reason}), try {Try} of {Tries}.")]
        public static partial void FunctionFailed(ILogger logger, string function, long @try, int tries, string reason);

        [LoggerMessage(402, LogLevel.Warning, "A message of {Function} could not be finished ({Reason}); it comes back when its lease ends.")]
        public static partial void NotFinished(ILogger logger, string function, string reason);
    }
}

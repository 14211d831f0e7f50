using System.Diagnostics;
using Azure;
using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// Puts callbacks into the queue <c>callbacks</c>, those that arrive while a put is in flight together. A lone callback waits for
/// nobody; a crowd shares puts, which is what makes thousands a second possible.
/// </summary>
public sealed partial class CallbackEnqueuer : IAsyncDisposable
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    // As long as fewer wait, the next put is soon enough: one put of many costs storage, and us, hardly more than one of one.
    private const int Crowd = 32;

    private readonly QueueClient _queue;
    private readonly CallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly ConferenceTelemetry _telemetry;
    private readonly ILogger<CallbackEnqueuer> _logger;
    private readonly Lock _gate = new();
    private readonly Queue<PendingCallback> _waiting = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _putting;
    private bool _draining;

    /// <summary>Starts to take callbacks.</summary>
    public CallbackEnqueuer(
        StorageAccount account, IOptions<CallbackOptions> options, TimeProvider time, ConferenceTelemetry telemetry, ILogger<CallbackEnqueuer> logger)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(options);
        _queue = account.Queues.GetQueueClient(StorageNames.CallbackQueue);
        _options = options.Value;
        (_time, _telemetry, _logger) = (time, telemetry, logger);
    }

    /// <summary>Callbacks that wait for a put.</summary>
    public int Pending
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Queues a callback and says, within <see cref="CallbackOptions.PutTimeout"/>, whether it is durable.</summary>
    public async Task<EnqueueOutcome> EnqueueAsync(QueuedCallback callback)
    {
        ReadOnlyMemory<byte> encoded = CallbackMessage.Encode(callback);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(encoded.Length + CallbackMessage.Overhead, CallbackMessage.MaxBytes, nameof(callback));
        var pending = new PendingCallback(encoded, Activity.Current?.Context);
        if (!TryAdd(pending))
        {
            return EnqueueOutcome.Full;
        }

        try
        {
            return await pending.Outcome.WaitAsync(_options.PutTimeout, _time);
        }
        catch (TimeoutException)
        {
            pending.Settle(EnqueueOutcome.TimedOut);
            return EnqueueOutcome.TimedOut;
        }
    }

    /// <summary>Takes no more callbacks and waits until those that were taken are put.</summary>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            _draining = true;
            if (_putting == 0)
            {
                _drained.TrySetResult();
            }
        }

        return _drained.Task;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await DrainAsync();

    /// <summary>Lines up a callback. A lone one is put at once; a further put at a time takes a crowd that waits.</summary>
    private bool TryAdd(PendingCallback pending)
    {
        lock (_gate)
        {
            if (_draining || _waiting.Count >= _options.Capacity)
            {
                return false;
            }

            _waiting.Enqueue(pending);
            if (_putting < _options.PutsInFlight && _waiting.Count > _putting * Crowd)
            {
                _putting++;
                // A put is done for many requests: it belongs to none of them, least of all in a trace.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(PutAllAsync);
                }
            }

            return true;
        }
    }

    private async Task PutAllAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            EnqueueOutcome outcome = await PutAsync(batch);
            batch.ForEach(pending => pending.Settle(outcome));
        }
    }

    /// <summary>Takes as many as fit into one message; none where nobody waits. Whoever got an answer already, that it took too long, is left out.</summary>
    private List<PendingCallback> Take()
    {
        List<PendingCallback> batch = [];
        int bytes = CallbackMessage.Overhead;
        lock (_gate)
        {
            while (_waiting.TryPeek(out PendingCallback? next) && (next.Outcome.IsCompleted || (bytes += next.Encoded.Length + 1) <= CallbackMessage.MaxBytes))
            {
                _waiting.Dequeue();
                if (!next.Outcome.IsCompleted)
                {
                    batch.Add(next);
                }
            }

            if (batch.Count == 0 && --_putting == 0 && _draining)
            {
                _drained.TrySetResult();
            }
        }

        return batch;
    }

    private async Task<EnqueueOutcome> PutAsync(List<PendingCallback> batch)
    {
        using Activity? activity = _telemetry.StartPut(batch.Select(pending => pending.Context));
        using var timeout = new CancellationTokenSource(_options.PutTimeout, _time);
        long start = _time.GetTimestamp();
        try
        {
            BinaryData text = CallbackMessage.Assemble(ConferenceTelemetry.TraceParent(activity, batch[0].Context), 0, batch.ConvertAll(pending => pending.Encoded));
            await _queue.SendMessageAsync(text, timeToLive: Forever, cancellationToken: timeout.Token);
            _telemetry.Put(batch.Count, _time.GetElapsedTime(start));
            return EnqueueOutcome.Stored;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Log.PutTimedOut(_logger, batch.Count, _options.PutTimeout);
            return EnqueueOutcome.TimedOut;
        }
        catch (Exception exception)
        {
            // Whatever the reason, nothing was acknowledged; a put that is never answered for would be a lost callback.
            activity?.SetStatus(ActivityStatusCode.Error);
            Log.PutRefused(_logger, batch.Count, (exception as RequestFailedException)?.ErrorCode ?? exception.GetType().Name);
            return EnqueueOutcome.Refused;
        }
    }

    private sealed class PendingCallback(ReadOnlyMemory<byte> encoded, ActivityContext? context)
    {
        private readonly TaskCompletionSource<EnqueueOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ReadOnlyMemory<byte> Encoded { get; } = encoded;

        public ActivityContext? Context { get; } = context;

        public Task<EnqueueOutcome> Outcome => _outcome.Task;

        public void Settle(EnqueueOutcome outcome) => _outcome.TrySetResult(outcome);
    }

    private static partial class Log
    {
        [LoggerMessage(100, LogLevel.Warning, "Storage did not take {Count} callbacks within {Timeout}; SignalWire was told to try again.")]
        public static partial void PutTimedOut(ILogger logger, int count, TimeSpan timeout);

        [LoggerMessage(101, LogLevel.Warning, "Storage refused {Count} callbacks ({Reason}); SignalWire was told to try again.")]
        public static partial void PutRefused(ILogger logger, int count, string reason);
    }
}

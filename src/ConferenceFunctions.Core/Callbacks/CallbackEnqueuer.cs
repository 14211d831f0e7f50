using System.Diagnostics;
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
    // As long as fewer wait, the next put is soon enough: one put of many costs storage, and us, hardly more than one of one.
    private const int Crowd = 32;

    // Unless a put stalls: then those who wait behind it are put beside it.
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(50);

    // On average, of those that wait.
    private const int CallbackBytes = 8 * 1024;

    private readonly QueueClient _queue;
    private readonly CallbackOptions _options;
    private readonly TimeProvider _time;
    private readonly ConferenceTelemetry _telemetry;
    private readonly ILogger<CallbackEnqueuer> _logger;
    private readonly Lock _gate = new();
    private readonly Queue<PendingCallback> _waiting = new();
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waitingBytes;
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
        ArgumentOutOfRangeException.ThrowIfGreaterThan(encoded.Length, CallbackMessage.MaxCallbackBytes, nameof(callback));
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
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _draining = true;
            if (_putting == 0)
            {
                _drained.TrySetResult();
            }
        }

        await _drained.Task;
    }

    /// <summary>Lines up a callback. A lone one is put at once; a further put at a time takes a crowd that waits.</summary>
    private bool TryAdd(PendingCallback pending)
    {
        lock (_gate)
        {
            if (_draining || _waiting.Count >= _options.Capacity || _waitingBytes > (long)_options.Capacity * CallbackBytes)
            {
                return false;
            }

            _waiting.Enqueue(pending);
            _waitingBytes += pending.Encoded.Length;
            if (_waiting.Count > _putting * Crowd)
            {
                BeginPut();
            }

            return true;
        }
    }

    /// <summary>Has those who wait put beside the puts in flight, if one more may be.</summary>
    private void BeginPut()
    {
        lock (_gate)
        {
            if (_putting >= _options.PutsInFlight || _waiting.Count == 0)
            {
                return;
            }

            _putting++;
            // A put is done for many requests: it belongs to none of them, least of all in a trace.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(PutAllAsync);
            }
        }
    }

    private async Task PutAllAsync()
    {
        await using ITimer stall = _time.CreateTimer(_ => BeginPut(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (Take() is { Count: > 0 } batch)
        {
            stall.Change(Stall, Stall);
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
                _waitingBytes -= next.Encoded.Length;
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
        Activity? activity = null;
        long start = _time.GetTimestamp();
        try
        {
            activity = _telemetry.StartPut(batch.Select(pending => pending.Context));
            using var timeout = new CancellationTokenSource(_options.PutTimeout, _time);
            BinaryData text = CallbackMessage.Assemble(ConferenceTelemetry.TraceParent(activity, batch[0].Context), 0, batch.ConvertAll(pending => pending.Encoded));
            await _queue.SendForGoodAsync(text, cancellationToken: timeout.Token);
            _telemetry.Put(batch.Count, _time.GetElapsedTime(start));
            return EnqueueOutcome.Stored;
        }
        catch (OperationCanceledException)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            Log.PutTimedOut(_logger, batch.Count, _options.PutTimeout);
            return EnqueueOutcome.TimedOut;
        }
        catch (Exception exception)
        {
            // Whatever the reason, nothing was acknowledged; a put that is never answered for would be a lost callback.
            activity?.SetStatus(ActivityStatusCode.Error);
            Log.PutRefused(_logger, batch.Count, StorageFailure.Reason(exception));
            return EnqueueOutcome.Refused;
        }
        finally
        {
            activity?.Dispose();
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

using System.Text.Json;
using Azure;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Takes what SignalWire sends: makes it durable, and says whether it is.</summary>
public sealed partial class CallbackIntake(
    CallbackEnqueuer queue,
    CallerReader callers,
    UnreadableCallbacks unreadable,
    IOptions<CallbackOptions> options,
    ConferenceTelemetry telemetry,
    TimeProvider time,
    ILogger<CallbackIntake> logger)
{
    private static readonly IntakeResult TryAgain = new(IntakeOutcome.TryAgain, "The callback could not be made durable. Send it again.");

    /// <summary>Takes a callback that was let in.</summary>
    /// <param name="kind">Which route it came in by.</param>
    /// <param name="document">The document in its URL.</param>
    /// <param name="body">Body as it came; for GET the query without our own parameters.</param>
    /// <param name="cancellationToken">Cancels the keeping of a request that can't be read.</param>
    public async Task<IntakeResult> TakeAsync(CallbackKind kind, string document, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!CallbackParser.TryParse(body, kind, out ConferenceEvent? callback, out string? fault))
        {
            return await KeepAsync(kind, document, body, fault, cancellationToken);
        }

        long start = time.GetTimestamp();
        EnqueueOutcome outcome = await queue.EnqueueAsync(new QueuedCallback(callback.Id, kind, document, time.GetUtcNow(), body));
        if (outcome == EnqueueOutcome.Stored)
        {
            telemetry.Received(time.GetElapsedTime(start));
            return new IntakeResult(IntakeOutcome.Stored);
        }

        telemetry.Rejected(outcome switch { EnqueueOutcome.Full => "full", EnqueueOutcome.TimedOut => "timeout", _ => "storage" });
        return TryAgain;
    }

    /// <summary>Notes who called, if the body of a document's fetch tells. Nobody waits for it, and nothing depends on it.</summary>
    public void NoteCaller(string document, string? role, ReadOnlyMemory<byte> body)
    {
        if (callers.Read(body, document, role, time.GetUtcNow()) is { } caller)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(caller, CallerJson.Default.Caller);
            _ = queue.EnqueueAsync(new QueuedCallback(caller.CallId, CallbackKind.Caller, document, caller.Time, json));
        }
    }

    private async Task<IntakeResult> KeepAsync(CallbackKind kind, string document, ReadOnlyMemory<byte> body, string fault, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.Value.PutTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await unreadable.KeepAsync(kind, document, body, fault, either.Token);
            telemetry.Rejected("unreadable");
            return new IntakeResult(IntakeOutcome.Unreadable, fault);
        }
        catch (Exception exception) when ((exception is RequestFailedException || StorageFailure.IsTransient(exception)) && !cancellationToken.IsCancellationRequested)
        {
            telemetry.Rejected(patience.IsCancellationRequested ? "timeout" : "storage");
            Log.NotKept(logger, StorageFailure.Reason(exception));
            return TryAgain;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(102, LogLevel.Warning, "A request that can't be read could not be kept either ({Reason}); SignalWire was told to try again.")]
        public static partial void NotKept(ILogger logger, string reason);
    }
}

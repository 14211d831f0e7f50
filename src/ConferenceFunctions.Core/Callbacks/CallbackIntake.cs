using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Takes what SignalWire sends: makes it durable, and says whether it is.</summary>
public sealed class CallbackIntake(CallbackEnqueuer queue, CallerReader callers, ConferenceTelemetry telemetry, TimeProvider time)
{
    /// <summary>Takes a callback that was let in.</summary>
    /// <param name="kind">Which route it came in by.</param>
    /// <param name="document">The document in its URL.</param>
    /// <param name="body">Body as it came; for GET the query without our own parameters.</param>
    public async Task<IntakeResult> TakeAsync(CallbackKind kind, string document, ReadOnlyMemory<byte> body)
    {
        if (!CallbackParser.TryParse(body, kind, out ConferenceEvent? callback, out string? fault))
        {
            telemetry.Rejected("unreadable");
            return new IntakeResult(IntakeOutcome.Unreadable, fault);
        }

        EnqueueOutcome outcome = await queue.EnqueueAsync(new QueuedCallback(callback.Id, kind, document, time.GetUtcNow(), body));
        if (outcome == EnqueueOutcome.Stored)
        {
            telemetry.Received();
            return new IntakeResult(IntakeOutcome.Stored);
        }

        telemetry.Rejected(outcome switch { EnqueueOutcome.Full => "full", EnqueueOutcome.TimedOut => "timeout", _ => "storage" });
        return new IntakeResult(IntakeOutcome.TryAgain, "The callback could not be made durable. Send it again.");
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
}

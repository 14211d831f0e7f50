using System.Diagnostics;
using System.Text.Json;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Applies a message of the queue <c>callbacks</c>: events to their conferences, side by side, then what follows from them.</summary>
public sealed partial class CallbackProcessor(
    ConferenceApplier conferences, CallerStore callers, RecordingJobs recordings, ConferenceTelemetry telemetry, ILogger<CallbackProcessor> logger)
{
    private const int MaxSideBySide = 16;

    /// <summary>Applies a message. Repeating it changes nothing.</summary>
    /// <exception cref="FormatException">The message is none of ours.</exception>
    /// <exception cref="Azure.RequestFailedException">Storage refuses; the message is to be tried again.</exception>
    public async Task ProcessAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        CallbackMessage message = CallbackMessage.Read(body);
        using Activity? activity = telemetry.StartApply(message.TraceParent);
        List<ReceivedEvent> events = [];
        List<Caller> called = [];
        foreach (QueuedCallback callback in message.Callbacks)
        {
            if (callback.Kind == CallbackKind.Caller)
            {
                called.Add(JsonSerializer.Deserialize(callback.Body.Span, CallerJson.Default.Caller)!);
            }
            else if (CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out string? fault))
            {
                events.Add(new ReceivedEvent(e, callback));
            }
            else
            {
                Log.Unreadable(logger, callback.Id, fault);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxSideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(events.GroupBy(received => received.Event.ConferenceId), options, ApplyAsync);
        await Parallel.ForEachAsync(called, options, async (caller, token) => await callers.WriteAsync(caller, token));
    }

    private async ValueTask ApplyAsync(IGrouping<string, ReceivedEvent> events, CancellationToken cancellationToken)
    {
        if (await conferences.ApplyAsync(events.Key, [.. events]) == ApplyOutcome.Erased)
        {
            return;
        }

        string[] urls = [.. events.Where(received => received.Event.IsKnown).Select(received => received.Event.RecordingUrl).OfType<string>()];
        foreach (string recording in urls.Where(url => url.Length > 0).Select(RecordingId.From).Distinct())
        {
            await recordings.EnqueueAsync(new RecordingJob(events.Key, recording), cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Error, "The callback {Id} was acknowledged and can't be read: {Fault}")]
        public static partial void Unreadable(ILogger logger, string id, string fault);
    }
}

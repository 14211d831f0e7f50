using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// Applies a message of the queue <c>callbacks</c>: events to their conferences, side by side, then what follows from them. What
/// can't be applied yet is put back, what never can be is set aside; neither keeps the others waiting.
/// </summary>
public sealed partial class CallbackProcessor(
    ConferenceApplier conferences,
    ConferenceMatcher matcher,
    CallerStore callers,
    RecordingJobs recordings,
    CallbackReturn putBack,
    DeadLetterStore deadLetters,
    ConferenceTelemetry telemetry,
    TimeProvider time,
    ILogger<CallbackProcessor> logger)
{
    private const int MaxSideBySide = 16;

    // About two minutes: the events of the conference itself are on their way no longer.
    private const int MaxMatches = 6;

    /// <summary>Applies a message. Repeating it changes nothing.</summary>
    /// <exception cref="FormatException">The message is none of ours.</exception>
    /// <exception cref="Azure.RequestFailedException">Not even putting back is possible; the message is to be tried again.</exception>
    public async Task ProcessAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        CallbackMessage message = CallbackMessage.Read(body);
        using Activity? activity = telemetry.StartApply(message.TraceParent);
        ConcurrentBag<QueuedCallback> later = [];
        List<ReceivedEvent> events = [];
        List<QueuedCallback> others = [];
        foreach (QueuedCallback callback in message.Callbacks)
        {
            if (CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out _) && e.ConferenceId.Length > 0)
            {
                events.Add(new ReceivedEvent(e, callback));
            }
            else
            {
                others.Add(callback);
            }
        }

        // The events first: whatever is odd about the others must not keep them waiting.
        IEnumerable<Func<CancellationToken, ValueTask>> work =
        [
            .. events.GroupBy(received => received.Event.ConferenceId)
                .Select(group => (Func<CancellationToken, ValueTask>)(token => ApplyAsync(group.Key, [.. group], later, token))),
            .. others.Select(callback => (Func<CancellationToken, ValueTask>)(token => HandleAsync(callback, message.Attempt, later, token))),
        ];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxSideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(work, options, (run, token) => run(token));
        if (!later.IsEmpty)
        {
            // While they wait for their next try nobody can see them in the queue.
            telemetry.WaitingFor(StorageNames.CallbackQueue, time.GetUtcNow() - later.Min(callback => callback.ReceivedAt));
            Log.PutBack(logger, later.Count, message.Attempt + 1);
            await putBack.PutBackAsync(later, activity?.Id ?? message.TraceParent, message.Attempt, cancellationToken);
        }
    }

    /// <summary>Handles what is no event of a conference that is known.</summary>
    private async ValueTask HandleAsync(
        QueuedCallback callback, int attempt, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        try
        {
            if (callback.Kind == CallbackKind.Caller)
            {
                await callers.WriteAsync(JsonSerializer.Deserialize(callback.Body.Span, CallerJson.Default.Caller)!, cancellationToken);
            }
            else if (!CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out string? fault))
            {
                await SetAsideAsync(callback, DeadLetterReason.Unreadable, fault, null, null, cancellationToken);
            }
            else if (await MatchAsync(e, callback.Document, attempt, cancellationToken) is { } conferenceId)
            {
                await ApplyAsync(conferenceId, [new ReceivedEvent(e with { ConferenceId = conferenceId }, callback)], later, cancellationToken);
            }
            else
            {
                later.Add(callback);
            }
        }
        catch (Exception exception) when (StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            later.Add(callback);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await SetAsideAsync(callback, exception, null, later, cancellationToken);
        }
    }

    private async Task<string?> MatchAsync(ConferenceEvent e, string document, int attempt, CancellationToken cancellationToken)
    {
        string? found = string.IsNullOrEmpty(e.CallId) ? null : await matcher.FindAsync(e.CallId, document, cancellationToken);
        return found ?? (attempt >= MaxMatches ? ConferenceMatcher.Unknown : null);
    }

    private async ValueTask ApplyAsync(string conferenceId, ReceivedEvent[] events, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        try
        {
            if (await conferences.ApplyAsync(conferenceId, events) == ApplyOutcome.Applied)
            {
                await QueueRecordingsAsync(conferenceId, events, cancellationToken);
            }
        }
        catch (Exception exception) when (StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            Array.ForEach(events, received => later.Add(received.Callback));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (events is [var only])
            {
                await SetAsideAsync(only.Callback, exception, conferenceId, later, cancellationToken);
                return;
            }

            // Each alone, so that only the one is set aside that can't be applied.
            foreach (ReceivedEvent received in events)
            {
                await ApplyAsync(conferenceId, [received], later, cancellationToken);
            }
        }
    }

    private async Task QueueRecordingsAsync(string conferenceId, ReceivedEvent[] events, CancellationToken cancellationToken)
    {
        // One that is absent has a row, and no URL to fetch it from.
        IEnumerable<string> ids = events.Where(received => !string.IsNullOrEmpty(received.Event.RecordingUrl))
            .Select(received => RecordingId.From(received.Event)).OfType<string>().Distinct();
        foreach (string id in ids)
        {
            await recordings.EnqueueAsync(new RecordingJob(conferenceId, id), cancellationToken);
        }
    }

    /// <summary>Sets aside what can never be applied; or puts it back, where not even that is possible now.</summary>
    private async Task SetAsideAsync(
        QueuedCallback callback, Exception exception, string? conferenceId, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        try
        {
            await SetAsideAsync(callback, DeadLetterReason.NotApplicable, exception.Message.Split('\n')[0], exception, conferenceId, cancellationToken);
            Log.SetAside(logger, callback.Id, exception.GetType().Name);
        }
        catch (Exception failure) when (StorageFailure.IsTransient(failure) && !cancellationToken.IsCancellationRequested)
        {
            later.Add(callback);
        }
    }

    private Task SetAsideAsync(
        QueuedCallback callback, string reason, string error, Exception? exception, string? conferenceId, CancellationToken cancellationToken) =>
        deadLetters.AddAsync(
            new NewDeadLetter(StorageNames.CallbackQueue, reason, DeadLetter.ContentOf(callback.Kind), callback.Body)
            {
                Error = error,
                ExceptionType = exception?.GetType().FullName,
                ConferenceId = conferenceId,
                Document = callback.Document,
                ReceivedAt = callback.ReceivedAt,
            },
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information, "{Count} callbacks could not be applied yet and were put back, for the {Attempt}. time.")]
        public static partial void PutBack(ILogger logger, int count, int attempt);

        [LoggerMessage(111, LogLevel.Error, "The callback {Id} can't be applied ({Reason}) and is a dead letter.")]
        public static partial void SetAside(ILogger logger, string id, string reason);
    }
}

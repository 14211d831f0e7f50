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
        foreach (QueuedCallback callback in message.Callbacks)
        {
            await SortAsync(callback, message.Attempt, events, later, cancellationToken);
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxSideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            events.GroupBy(received => received.Event.ConferenceId), options, (group, token) => ApplyAsync(group.Key, [.. group], later, token));
        if (!later.IsEmpty)
        {
            Log.PutBack(logger, later.Count, message.Attempt + 1);
            await putBack.PutBackAsync(later, activity?.Id ?? message.TraceParent, message.Attempt, cancellationToken);
        }
    }

    /// <summary>Reads a callback, and handles it at once where it is no event of a conference that is known.</summary>
    private async Task SortAsync(
        QueuedCallback callback, int attempt, List<ReceivedEvent> events, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
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
                events.Add(new ReceivedEvent(e with { ConferenceId = conferenceId }, callback));
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
    }

    private async Task<string?> MatchAsync(ConferenceEvent e, string document, int attempt, CancellationToken cancellationToken)
    {
        if (e.ConferenceId.Length > 0)
        {
            return e.ConferenceId;
        }

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
            await SetAsideAsync(conferenceId, events, exception, cancellationToken);
        }
    }

    private async Task QueueRecordingsAsync(string conferenceId, ReceivedEvent[] events, CancellationToken cancellationToken)
    {
        IEnumerable<string> ids = events.Where(received => received.Event.IsKnown && !string.IsNullOrEmpty(received.Event.RecordingUrl))
            .Select(received => RecordingId.From(received.Event.RecordingUrl!)).Distinct();
        foreach (string id in ids)
        {
            await recordings.EnqueueAsync(new RecordingJob(conferenceId, id), cancellationToken);
        }
    }

    /// <summary>Tries each event alone, so that only the one is set aside that can't be applied.</summary>
    private async Task SetAsideAsync(string conferenceId, ReceivedEvent[] events, Exception exception, CancellationToken cancellationToken)
    {
        if (events is [var only])
        {
            Log.SetAside(logger, only.Callback.Id, exception.GetType().Name);
            await SetAsideAsync(only.Callback, DeadLetterReason.NotApplicable, exception.Message, exception, conferenceId, cancellationToken);
            return;
        }

        foreach (ReceivedEvent received in events)
        {
            try
            {
                await conferences.ApplyAsync(conferenceId, [received]);
                await QueueRecordingsAsync(conferenceId, [received], cancellationToken);
            }
            catch (Exception alone) when (!StorageFailure.IsTransient(alone))
            {
                await SetAsideAsync(conferenceId, [received], alone, cancellationToken);
            }
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

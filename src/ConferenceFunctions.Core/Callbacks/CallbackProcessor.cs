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
    RecordingClient recordingClient,
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
    private const int MaxLooks = 6;

    // Between the clock of events and ours, by which the time of callers is.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

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
            .. others.Select(callback => (Func<CancellationToken, ValueTask>)(token => HandleAsync(callback, later, token))),
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
    private async ValueTask HandleAsync(QueuedCallback callback, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        try
        {
            if (callback.Kind == CallbackKind.Caller)
            {
                await callers.WriteAsync(JsonSerializer.Deserialize(callback.Body.Span, CallerJson.Default.Caller)!, cancellationToken);
            }
            else if (!CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out string? fault))
            {
                await deadLetters.AddAsync(NewDeadLetter.Of(callback, DeadLetterReason.Unreadable) with { Error = fault }, cancellationToken);
            }
            else
            {
                await MatchAsync(e, callback, later, cancellationToken);
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

    /// <summary>Applies an event to the conference that its call was in; while there is none it is put back, for so many looks.</summary>
    private async Task MatchAsync(ConferenceEvent e, QueuedCallback callback, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        string? conferenceId = string.IsNullOrEmpty(e.CallId) ? null : await matcher.FindAsync(e.CallId, callback.Document, cancellationToken);
        if (conferenceId is null && callback.Looks < MaxLooks)
        {
            later.Add(callback with { Looks = callback.Looks + 1 });
            return;
        }

        conferenceId ??= await AskSignalWireAsync(e, cancellationToken);
        // Only now: the call may have come into another conference since, of which nothing was applied yet.
        if (conferenceId is null && !string.IsNullOrEmpty(e.CallId) && await callers.ErasedAsync(e.CallId, cancellationToken) is not null)
        {
            // Its conference is not unknown, but was erased.
            return;
        }

        conferenceId ??= ConferenceMatcher.Unknown;
        await ApplyAsync(conferenceId, [new ReceivedEvent(e with { ConferenceId = conferenceId }, callback)], later, cancellationToken);
    }

    /// <summary>The conference of a recording that only SignalWire can tell: one of whose callbacks nothing came.</summary>
    private async Task<string?> AskSignalWireAsync(ConferenceEvent e, CancellationToken cancellationToken) =>
        RecordingId.From(e) is { } id ? await recordingClient.FindConferenceAsync(id, cancellationToken) : null;

    private async ValueTask ApplyAsync(string conferenceId, ReceivedEvent[] events, ConcurrentBag<QueuedCallback> later, CancellationToken cancellationToken)
    {
        try
        {
            if (await conferences.ApplyAsync(conferenceId, events) == ApplyOutcome.Applied)
            {
                await QueueRecordingsAsync(conferenceId, events, cancellationToken);
            }
            else
            {
                await EraseCallersAsync(events, cancellationToken);
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

    /// <summary>
    /// Erases who came into a conference that was erased before anybody could see them there; but for what a call that was in another
    /// conference, too, told when it fetched that one's document.
    /// </summary>
    private async Task EraseCallersAsync(ReceivedEvent[] events, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        HashSet<string> documents = [.. events.Select(received => received.Callback.Document)];
        foreach (ConferenceEvent e in events.Select(received => received.Event).Where(e => !string.IsNullOrEmpty(e.CallId)))
        {
            DateTimeOffset until = EventTime.ToPoint(e.Time) is { } at && at < now - ClockSkew ? at + ClockSkew : now;
            await callers.EraseAsync(
                e.CallId!, until, async document => !documents.Contains(document) && await matcher.FindAsync(e.CallId!, document, cancellationToken) is not null, cancellationToken);
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
            NewDeadLetter letter = NewDeadLetter.Of(callback, DeadLetterReason.NotApplicable);
            await deadLetters.AddAsync(
                letter with
                {
                    Error = exception.Message.Split('\n')[0],
                    ExceptionType = exception.GetType().FullName,
                    ConferenceId = conferenceId ?? letter.ConferenceId,
                },
                cancellationToken);
            Log.SetAside(logger, callback.Id, exception.GetType().Name);
        }
        catch (Exception failure) when (StorageFailure.IsTransient(failure) && !cancellationToken.IsCancellationRequested)
        {
            later.Add(callback);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(110, LogLevel.Information, "{Count} callbacks could not be applied yet and were put back, for the {Attempt}. time.")]
        public static partial void PutBack(ILogger logger, int count, int attempt);

        [LoggerMessage(111, LogLevel.Error, "The callback {Id} can't be applied ({Reason}) and is a dead letter.")]
        public static partial void SetAside(ILogger logger, string id, string reason);
    }
}

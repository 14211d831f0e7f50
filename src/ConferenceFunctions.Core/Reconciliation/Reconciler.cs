using System.Collections.Concurrent;
using Azure;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>
/// Looks through SignalWire's log of conferences for what no callback told. How far it has come is kept after each page, so a run that
/// is cut off, by a crash or by its own bound, is gone on with by the next.
/// </summary>
public sealed partial class Reconciler(
    SignalWireLogs logs,
    ConferenceReconciler conferences,
    ReconciliationStateStore store,
    IOptions<ReconciliationOptions> options,
    TimeProvider time,
    ILogger<Reconciler> logger)
{
    private const int SideBySide = 8;

    /// <summary>Does a run. Without access to a space it does nothing; what goes wrong stands in the state.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!logs.IsConfigured)
        {
            return;
        }

        (ReconciliationState state, ETag? etag) = await store.ReadAsync(cancellationToken);
        state = Begin(state);
        try
        {
            etag = await store.WriteAsync(state, etag, cancellationToken);
            for (int pages = 0; pages < options.Value.MaxPages && state.Unfinished is { } sweep; pages++)
            {
                state = await SweepAsync(state, sweep, cancellationToken);
                etag = await store.WriteAsync(state, etag, cancellationToken);
            }
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            // Another instance has taken over, with all that is kept.
            Log.TakenOver(logger);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception.GetType().Name);
            await store.WriteAsync(Fail(state, exception), etag, cancellationToken);
        }
    }

    private ReconciliationState Begin(ReconciliationState state)
    {
        DateTimeOffset now = time.GetUtcNow();
        return state.Unfinished is not null
            ? state with { LastStarted = now, LastError = null }
            : state with
            {
                LastStarted = now,
                LastError = null,
                RecordingsQueued = 0,
                ConferencesEnded = 0,
                Unfinished = new ReconciliationSweep((state.SweptUntil ?? now - options.Value.LookBack) - options.Value.Overlap, now),
            };
    }

    private async Task<ReconciliationState> SweepAsync(ReconciliationState state, ReconciliationSweep sweep, CancellationToken cancellationToken)
    {
        SignalWireLogPage page = await logs.ReadAsync(sweep, cancellationToken);
        if (page.Unreadable > 0)
        {
            Log.Unreadable(logger, page.Unreadable);
        }

        ConcurrentBag<(SignalWireConference Conference, ReconciliationOutcome Outcome)> looked = [];
        var several = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(page.Conferences, several, async (conference, token) =>
            looked.Add((conference, await ReconcileAsync(conference, token))));
        IEnumerable<DateTimeOffset?> open = looked.Where(pair => pair.Outcome.LeftAlone || IsOpen(pair.Conference))
            .Select(pair => (DateTimeOffset?)pair.Conference.CreatedAt);
        sweep = sweep with { NextPage = page.NextPage, OpenSince = open.Append(sweep.OpenSince).Min() };
        state = state with
        {
            RecordingsQueued = state.RecordingsQueued + looked.Sum(pair => pair.Outcome.RecordingsQueued),
            ConferencesEnded = state.ConferencesEnded + looked.Sum(pair => pair.Outcome.ConferencesEnded),
            Unfinished = sweep,
        };
        return sweep.NextPage is null ? Finish(state, sweep) : state;
    }

    private async Task<ReconciliationOutcome> ReconcileAsync(SignalWireConference conference, CancellationToken cancellationToken)
    {
        try
        {
            return await conferences.ReconcileAsync(conference, cancellationToken);
        }
        catch (Exception exception) when (
            exception is not ReconciliationException && !StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            // One entry that nothing can be done with must not keep those behind it from being looked at, in this run and in all others.
            Log.Skipped(logger, conference.Id, StorageFailure.Reason(exception));
            return default;
        }
    }

    /// <summary>Whether a conference may still change, and is to be looked at again.</summary>
    private bool IsOpen(SignalWireConference conference) =>
        !conference.IsEnded || conference.UpdatedAt > time.GetUtcNow() - options.Value.Overlap - options.Value.Grace;

    private ReconciliationState Finish(ReconciliationState state, ReconciliationSweep sweep)
    {
        // The log only tells when conferences were created: up to the first that is open it has to be read again, within bounds.
        DateTimeOffset until = sweep.OpenSince < sweep.Until ? sweep.OpenSince.Value : sweep.Until;
        DateTimeOffset earliest = sweep.Until - options.Value.LookBack;
        Log.Finished(logger, state.RecordingsQueued, state.ConferencesEnded);
        return state with { LastFinished = time.GetUtcNow(), SweptUntil = until > earliest ? until : earliest, Unfinished = null };
    }

    private static ReconciliationState Fail(ReconciliationState state, Exception exception) => state with
    {
        LastError = exception is ReconciliationException ? exception.Message : $"It failed ({exception.GetType().Name}).",
        // Beginning again changes nothing twice.
        Unfinished = exception is ReconciliationException { PageIsGone: true } ? null : state.Unfinished,
    };

    private static partial class Log
    {
        [LoggerMessage(500, LogLevel.Information, "SignalWire's log was looked through: {Recordings} recordings queued, {Conferences} conferences ended.")]
        public static partial void Finished(ILogger logger, int recordings, int conferences);

        [LoggerMessage(501, LogLevel.Warning, "SignalWire's log could not be looked through ({Reason}); health/detail says why. It is tried again with the next run.")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(502, LogLevel.Information, "Another instance looks through SignalWire's log.")]
        public static partial void TakenOver(ILogger logger);

        [LoggerMessage(503, LogLevel.Warning, "{Count} entries on a page of SignalWire's log can't be read and are passed over.")]
        public static partial void Unreadable(ILogger logger, int count);

        [LoggerMessage(504, LogLevel.Warning, "The conference {Id} of SignalWire's log can't be reconciled ({Reason}) and is passed over.")]
        public static partial void Skipped(ILogger logger, string id, string reason);
    }
}

using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>Compares one conference of SignalWire's log with what is known of it here, and queues what is missing.</summary>
public sealed class ConferenceReconciler(
    StorageAccount account, CallbackEnqueuer callbacks, RecordingJobs recordings, IOptions<ReconciliationOptions> options, TimeProvider time)
{
    // A recording that waits longer than its next attempt was due has lost its job.
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    private readonly ConferencePartition _partition = new(account);

    /// <summary>
    /// Queues what is missing of a conference. Where nothing is, nothing happens. What is queued depends on the entry and on what is known
    /// alone, and so do its ids: doing it twice before the first is applied changes nothing either.
    /// </summary>
    /// <exception cref="ReconciliationException">The queue does not take it.</exception>
    /// <exception cref="FormatException">The entry can't be told as an event.</exception>
    public async Task<ReconciliationOutcome> ReconcileAsync(SignalWireConference found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(found);
        DateTimeOffset now = time.GetUtcNow();
        if (found.UpdatedAt > now - options.Value.Grace)
        {
            return new ReconciliationOutcome { LeftAlone = true };
        }

        ConferenceRow? known = await _partition.FindWithTombstoneAsync(found.Id, cancellationToken);
        if (known is { Erased: not null })
        {
            return default;
        }

        // A time far in the future says nothing of when callbacks come.
        if (EventTime.ToPoint(known?.State.LastEvent ?? 0) is { } last && (now - last).Duration() < options.Value.Grace)
        {
            return new ReconciliationOutcome { LeftAlone = true };
        }

        List<QueuedCallback> missing = known is null ? [ReconciledEvent.Start(found, now)] : [];
        bool ended = found.IsEnded && known?.State.End is null;
        if (ended)
        {
            missing.Add(ReconciledEvent.End(found, known?.State.LastEvent ?? 0, now));
        }

        bool recorded = await FindRecordingAsync(found, missing, now, cancellationToken);
        foreach (QueuedCallback callback in missing)
        {
            await EnqueueAsync(callback);
        }

        return new ReconciliationOutcome(recorded ? 1 : 0, ended ? 1 : 0);
    }

    /// <summary>Sees to it that the recording is archived: by an event where there is no row of it, by a job where the row waits in vain.</summary>
    private async Task<bool> FindRecordingAsync(SignalWireConference found, List<QueuedCallback> missing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // As long as a conference goes on, its recording may.
        if (!found.IsEnded || string.IsNullOrEmpty(found.RecordingUrl))
        {
            return false;
        }

        string id = RecordingId.From(found.RecordingUrl);
        if (await _partition.FindRecordingAsync(found.Id, id, cancellationToken) is not { } stored)
        {
            missing.Add(ReconciledEvent.RecordStop(found, now));
            return true;
        }

        RecordingArchive archive = stored.Row.Archive;
        DateTimeOffset due = archive.NextAttempt > stored.Changed ? archive.NextAttempt.Value : stored.Changed;
        bool lost = archive.Status == RecordingStatus.Pending && due < now - Overdue;
        if (lost)
        {
            await recordings.EnqueueAsync(new RecordingJob(found.Id, id), cancellationToken);
        }

        return lost;
    }

    private async Task EnqueueAsync(QueuedCallback callback)
    {
        if (await callbacks.EnqueueAsync(callback) != EnqueueOutcome.Stored)
        {
            throw new ReconciliationException("Storage does not take what was found.");
        }
    }
}

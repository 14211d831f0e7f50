using System.Text;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Decides when a recording is tried, and what becomes of an attempt that failed: a new message that is seen after a delay, or, when
/// the schedule is used up, a dead letter.
/// </summary>
internal sealed class RecordingRetry(
    RecordingRows rows, RecordingJobs jobs, DeadLetterStore deadLetters, IOptions<RecordingOptions> options, TimeProvider time)
{
    private readonly RetrySchedule _schedule = RetrySchedule.TryParse(options.Value.RetrySchedule, out RetrySchedule? schedule)
        ? schedule
        : throw new OptionsValidationException(RecordingOptions.Section, typeof(RecordingOptions), ["The setting 'Recordings__RetrySchedule' is no schedule."]);

    /// <summary>
    /// Whether a job is one to be done. There is one line of attempts for a recording: while one of it waits, jobs of other events are
    /// none, nor are repetitions of what was tried. One that has failed begins anew with whoever asks for it.
    /// </summary>
    public bool IsDue(RecordingJob job, RecordingArchive archive) => job.Retry == 0
        ? archive.NextAttempt is null || archive.NextAttempt <= time.GetUtcNow()
        : archive.Status != RecordingStatus.Failed && job.Retry >= archive.Retries;

    /// <summary>Whether no attempt follows this one.</summary>
    public bool IsLast(RecordingJob job, RecordingArchive archive) => Used(job, archive) >= _schedule.Count;

    /// <summary>Sees to what follows from an attempt that failed.</summary>
    /// <returns>When it is tried again; null where it was the last one.</returns>
    public async Task<DateTimeOffset?> SettleAsync(RecordingJob job, RecordingArchive tried, RecordingFault fault, CancellationToken cancellationToken)
    {
        int used = Used(job, tried);
        DateTimeOffset? next = null;
        // The message or the letter first: after a crash in between there is one too many, which changes nothing; none would be a loss.
        if (fault.IsFinal || used >= _schedule.Count)
        {
            await deadLetters.AddAsync(Letter(job, used + 1, fault), cancellationToken);
        }
        else
        {
            TimeSpan delay = _schedule.Delay(used, fault.RetryAfter);
            next = time.GetUtcNow() + delay;
            await jobs.EnqueueAsync(job with { Retry = used + 1, PutBacks = 0 }, delay, cancellationToken);
        }

        try
        {
            if (await rows.UpdateAsync(job, Note, cancellationToken) is null)
            {
                // Its conference was erased in this very moment, and with it the letters; so must be the one that came after.
                await deadLetters.EraseAsync(job.ConferenceId, cancellationToken);
            }
        }
        catch (Exception exception) when (next is not null && StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            // The message that follows tells all that the row would. Were this one put back, too, there would be two lines of attempts,
            // and twice as many each time, until the row can be written.
        }

        return next;

        RecordingArchive Note(RecordingArchive known)
        {
            bool wasArchived = tried.Status == RecordingStatus.Archived;
            if (known.Status == RecordingStatus.Archived && !wasArchived)
            {
                // Another instance had it in the meantime.
                return known;
            }

            return known with
            {
                Status = wasArchived ? known.Status : next is null ? RecordingStatus.Failed : RecordingStatus.Pending,
                Attempts = wasArchived ? known.Attempts : known.Attempts + 1,
                Retries = next is null ? 0 : used + 1,
                NextAttempt = next,
                Error = fault.Reason,
            };
        }
    }

    private static int Used(RecordingJob job, RecordingArchive archive) =>
        archive.Status == RecordingStatus.Failed ? 0 : Math.Max(job.Retry, archive.Retries);

    private static NewDeadLetter Letter(RecordingJob job, int attempts, RecordingFault fault) =>
        new(StorageNames.RecordingQueue, DeadLetterReason.RecordingFailed, DeadLetterContent.Message, Encoding.UTF8.GetBytes(job.Afresh().Write()))
        {
            Error = fault.Reason,
            Attempts = attempts,
            ConferenceId = job.ConferenceId,
        };
}

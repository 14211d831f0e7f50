using System.Diagnostics;
using Azure.Storage.Blobs;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>
/// Brings recordings into our own storage, whole and verified. What can't be had yet is put back with a growing delay, and is a dead
/// letter in the end; a row says at any time where it stands.
/// </summary>
public sealed partial class RecordingArchiver(
    StorageAccount account,
    RecordingClient client,
    RecordingJobs jobs,
    DeadLetterStore deadLetters,
    IOptions<RecordingOptions> options,
    ConferenceTelemetry telemetry,
    TimeProvider time,
    ILogger<RecordingArchiver> logger) : IDisposable
{
    private readonly BlobContainerClient _container = account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer);
    private readonly RecordingRows _rows = new(account);
    private readonly RecordingRetry _retry = new(new RecordingRows(account), jobs, deadLetters, options, time);
    private readonly RecordingStore _store = new(account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer));
    private readonly RecordingGate _gate = new(options.Value.MaxParallel);

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    /// <summary>
    /// Archives a recording, unless it is archived already, or a later attempt is on its way. What is our own storage's fault, or that
    /// of too many recordings at once, is no attempt: the job is put back.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">Not even putting back is possible; the message is to be tried again.</exception>
    public async Task ArchiveAsync(RecordingJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        long start = time.GetTimestamp();
        using var timeout = new CancellationTokenSource(options.Value.FetchTimeout / 2, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using IDisposable turn = await _gate.EnterAsync(job, either.Token);
            // The host ends a function by the whole time that it runs, waiting included.
            timeout.CancelAfter(options.Value.FetchTimeout - time.GetElapsedTime(start));
            await ArchiveInTurnAsync(job, either.Token, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            bool isCrowded = exception is OperationCanceledException && timeout.IsCancellationRequested;
            await PutBackAsync(job, isCrowded ? "Too many others were fetched." : $"Our own storage failed ({StorageFailure.Reason(exception)}).", cancellationToken);
        }
    }

    /// <summary>Makes an attempt, once it has its turn.</summary>
    /// <param name="job">The recording.</param>
    /// <param name="attempt">Ends the attempt, when its time is over too.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    private async Task ArchiveInTurnAsync(RecordingJob job, CancellationToken attempt, CancellationToken cancellationToken)
    {
        RecordingRow? row = await _rows.FindAsync(job, cancellationToken);
        if (row is not null && !IsToBeDone(job, row))
        {
            return;
        }

        if (row is null || await _rows.ConferenceAsync(job, cancellationToken) is not { } conference)
        {
            // It was erased; what belongs to it must not stay, nor come back.
            await _store.EraseAsync(job, cancellationToken);
            return;
        }

        using Activity? activity = telemetry.StartArchive();
        (RecordingArchive tried, RecordingFault? fault) = await TryAsync(job, row, conference, attempt, cancellationToken);
        if (fault is not null)
        {
            await SettleAsync(job, tried, fault, cancellationToken);
        }
    }

    /// <returns>The recording as it stands then, and what is in the way; null where all is done.</returns>
    /// <exception cref="Azure.RequestFailedException">Our own storage fails.</exception>
    private async Task<(RecordingArchive Tried, RecordingFault? Fault)> TryAsync(
        RecordingJob job, RecordingRow row, ConferenceState conference, CancellationToken attempt, CancellationToken cancellationToken)
    {
        RecordingArchive tried = row.Archive;
        try
        {
            if (tried.Status != RecordingStatus.Archived)
            {
                (RecordingArchive? archive, RecordingFault? fault) = await FetchAsync(job, row, conference, attempt);
                if (archive is null)
                {
                    return (tried, fault);
                }

                tried = archive;
            }

            return (tried, IsToBeDeleted(job, tried, row.Source) ? await DeleteAtSourceAsync(job, tried, attempt) : null);
        }
        catch (OperationCanceledException) when (attempt.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (tried, new RecordingFault($"It took longer than Recordings__FetchTimeout ({options.Value.FetchTimeout:c})."));
        }
        catch (Exception exception) when (!StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            // Whatever the source did to bring that about: it must be seen to have failed, and must not fail unseen for ever.
            Log.Unforeseen(logger, exception, job.RecordingId);
            return (tried, new RecordingFault($"It can't be fetched, for a reason that was not foreseen ({StorageFailure.Reason(exception)}). The log says more."));
        }
    }

    /// <summary>Puts a job back for a while that grows, as it was: the source had no part in its failing.</summary>
    private async Task PutBackAsync(RecordingJob job, string reason, CancellationToken cancellationToken)
    {
        TimeSpan delay = CallbackReturn.Delay(job.PutBacks);
        await Persistence.RunAsync(token => jobs.EnqueueAsync(job with { PutBacks = job.PutBacks + 1 }, delay, token), time, cancellationToken);
        telemetry.RecordingTried("put-back");
        Log.PutBack(logger, job.RecordingId, delay, reason);
        try
        {
            await _rows.UpdateAsync(job, known => known.Status == RecordingStatus.Pending ? known with { Error = reason } : known, cancellationToken);
        }
        catch (Exception exception) when (StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested)
        {
            // Where the table is what fails, its row can't say so.
        }
    }

    private async Task SettleAsync(RecordingJob job, RecordingArchive tried, RecordingFault fault, CancellationToken cancellationToken)
    {
        RecordingRow? row = await _rows.FindAsync(job, cancellationToken);
        if (row is null)
        {
            await _store.EraseAsync(job, cancellationToken);
            return;
        }

        if (row.Archive.Status == RecordingStatus.Archived && tried.Status != RecordingStatus.Archived)
        {
            // Another instance had it in the meantime.
            return;
        }

        if (await _retry.SettleAsync(job, tried, fault, cancellationToken) is { } next)
        {
            telemetry.RecordingTried("retried");
            Log.TriedAgain(logger, job.RecordingId, fault.Reason, next);
        }
        else
        {
            telemetry.RecordingTried("failed");
            Log.Failed(logger, job.RecordingId, fault.Reason);
        }
    }

    private async Task<(RecordingArchive? Archive, RecordingFault? Fault)> FetchAsync(
        RecordingJob job, RecordingRow row, ConferenceState conference, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(row.Source.Url!.Value, UriKind.Absolute, out Uri? source))
        {
            return (null, RecordingFault.Final("The recording's URL is not an absolute URL."));
        }

        var order = new RecordingOrder(
            job, source, row.Source.FileSize?.Value, _retry.IsLast(job, row.Archive), row.Archive, transfer => NoteAsync(job, transfer, cancellationToken));
        RecordingArchive? archive;
        await using (var download = new RecordingDownload(order, client, _container, options.Value, time))
        {
            if (await download.RunAsync(cancellationToken) is { } fault)
            {
                return (null, fault);
            }

            archive = await RecordingStore.CommitAsync(download, job, row.Source, conference, cancellationToken);
        }

        if (archive is null)
        {
            return (null, new RecordingFault("What was stored could not be verified, and is deleted."));
        }

        archive = archive with { ArchivedAt = time.GetUtcNow(), Attempts = row.Archive.Attempts + 1 };
        await _store.DescribeAsync(archive.Blob!, RecordingManifest.Of(job, order, row.Source, conference, archive), cancellationToken);
        return (await PublishAsync(job, archive, cancellationToken), null);
    }

    /// <summary>Says in the row that it is archived, unless another instance said so, or the conference was erased.</summary>
    /// <returns>What is archived; null where nothing is.</returns>
    private async Task<RecordingArchive?> PublishAsync(RecordingJob job, RecordingArchive archive, CancellationToken cancellationToken)
    {
        RecordingRow? row = await _rows.UpdateAsync(job, known => known.Status == RecordingStatus.Archived ? known : archive, cancellationToken);
        bool isErased = row is null || await _rows.ConferenceAsync(job, cancellationToken) is null;
        if (isErased)
        {
            await _store.EraseAsync(job, cancellationToken);
        }
        else if (row!.Archive.Blob != archive.Blob)
        {
            await _store.DeleteAsync(archive.Blob!, cancellationToken);
        }

        if (!isErased && row!.Archive == archive)
        {
            telemetry.RecordingTried("archived", archive.Size!.Value);
            Log.Archived(logger, job.RecordingId, archive.Size.Value);
        }

        return isErased ? null : row!.Archive;
    }

    private Task NoteAsync(RecordingJob job, RecordingTransfer transfer, CancellationToken cancellationToken) => _rows.UpdateAsync(
        job,
        known => known.Status == RecordingStatus.Archived ? known : known with
        {
            Blob = transfer.Upload.Blob.Name,
            ContentType = transfer.Format.ContentType,
            SourceValidator = transfer.Version.Validator,
            SourceLength = transfer.Version.Length,
        },
        cancellationToken);

    private bool IsToBeDone(RecordingJob job, RecordingRow row) =>
        row.Source.Url is not null && _retry.IsDue(job, row.Archive)
        && (row.Archive.Status != RecordingStatus.Archived || IsToBeDeleted(job, row.Archive, row.Source));

    // Of one that is not as large as it was announced, the other copy is kept.
    private bool IsToBeDeleted(RecordingJob job, RecordingArchive archive, RecordingSource source) =>
        options.Value.DeleteAtSource && archive.SourceDeletedAt is null && (source.FileSize is null || source.FileSize.Value == archive.Size)
        && Uri.TryCreate(source.Url?.Value, UriKind.Absolute, out Uri? url) && client.CanDelete(job.RecordingId, url);

    private async Task<RecordingFault?> DeleteAtSourceAsync(RecordingJob job, RecordingArchive archive, CancellationToken cancellationToken)
    {
        if (!await _store.HasAsync(archive.Blob!, archive.Size!.Value, cancellationToken))
        {
            return new RecordingFault("It is archived, but its blob is not as it was: it is not deleted at SignalWire.");
        }

        RecordingFault? fault = await client.DeleteAsync(job.RecordingId, cancellationToken);
        if (fault is null)
        {
            await _rows.UpdateAsync(job, known => known with { SourceDeletedAt = time.GetUtcNow(), Retries = 0, NextAttempt = null, Error = null }, cancellationToken);
        }

        return fault;
    }

    private static partial class Log
    {
        [LoggerMessage(220, LogLevel.Information, "The recording {Id} is archived: {Bytes} bytes.")]
        public static partial void Archived(ILogger logger, string id, long bytes);

        [LoggerMessage(221, LogLevel.Information, "The recording {Id} is tried again at {Next:u}. {Reason}")]
        public static partial void TriedAgain(ILogger logger, string id, string reason, DateTimeOffset next);

        [LoggerMessage(222, LogLevel.Error, "The recording {Id} has failed and is a dead letter. {Reason}")]
        public static partial void Failed(ILogger logger, string id, string reason);

        [LoggerMessage(223, LogLevel.Warning, "The recording {Id} was put back for {Delay}. {Reason}")]
        public static partial void PutBack(ILogger logger, string id, TimeSpan delay, string reason);

        [LoggerMessage(224, LogLevel.Error, "The recording {Id} can't be fetched.")]
        public static partial void Unforeseen(ILogger logger, Exception exception, string id);
    }
}

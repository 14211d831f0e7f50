using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Erases a conference for good: its rows, who called, what the index says, its recordings and dead letters. A tombstone comes first
/// and stays, so that nothing that comes late brings the conference back. Repeating it goes on where a crash ended it.
/// </summary>
public sealed partial class ConferenceEraser(
    StorageAccount account, CallerStore callers, ConferenceMatcher matcher, DeadLetterStore deadLetters, TimeProvider time, ILogger<ConferenceEraser> logger)
{
    private const int MaxConflicts = 20;
    private const int CallersSideBySide = 16;

    // Most entities of a transaction.
    private const int MaxEntities = 100;

    private readonly HintEraser _hints = new(account);
    private readonly UnfinishedErasures _unfinished = new(account);
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);
    private readonly RecordingStore _recordings = new(account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer));

    /// <summary>Erases a conference.</summary>
    /// <returns>Whether there was one of that id, or its tombstone. When it returns, all is gone.</returns>
    /// <exception cref="RequestFailedException">Storage refuses. What is left is erased by a repetition, or by the next sweep.</exception>
    public async Task<EraseOutcome> EraseAsync(string conferenceId, CancellationToken cancellationToken)
    {
        if (!await BuryAsync(conferenceId, cancellationToken))
        {
            return EraseOutcome.NotFound;
        }

        IReadOnlySet<string> documents = await _hints.EraseAsync(conferenceId, cancellationToken);
        await EraseRowsAsync(conferenceId, documents, cancellationToken);
        await _recordings.EraseAsync(conferenceId, cancellationToken);
        await deadLetters.EraseAsync(conferenceId, cancellationToken);
        await _unfinished.RemoveAsync(conferenceId, cancellationToken);
        Log.Erased(logger, conferenceId);
        return EraseOutcome.Erased;
    }

    /// <summary>Conferences whose erasure was begun and not finished: repeat it.</summary>
    public IAsyncEnumerable<string> UnfinishedAsync(CancellationToken cancellationToken) => _unfinished.ListAsync(cancellationToken);

    /// <summary>Puts a tombstone in the place of the conference's own row.</summary>
    /// <returns>Whether there is something to erase.</returns>
    private async Task<bool> BuryAsync(string conferenceId, CancellationToken cancellationToken)
    {
        string partition = StorageKey.Escape(conferenceId);
        for (int conflicts = 0; ; conflicts++)
        {
            NullableResponse<TableEntity> stored = await _table.GetEntityIfExistsAsync<TableEntity>(partition, StorageKey.Conference, cancellationToken: cancellationToken);
            if (stored.HasValue && stored.Value!.GetDateTimeOffset("erased") is not null)
            {
                return true;
            }

            if (!stored.HasValue && !await _unfinished.HasAsync(conferenceId, cancellationToken) && !await HasDeadLettersAsync(conferenceId, cancellationToken))
            {
                return false;
            }

            await _unfinished.AddAsync(conferenceId, cancellationToken);
            try
            {
                await BuryAsync(conferenceId, stored.HasValue ? stored.Value!.ETag : null, cancellationToken);
                return true;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                // An event was applied in between.
            }
        }
    }

    private Task BuryAsync(string conferenceId, ETag? version, CancellationToken cancellationToken)
    {
        TableEntity tombstone = ConferenceEntities.ToEntity(new ConferenceRow(conferenceId, ConferenceState.Empty, Erased: time.GetUtcNow()));
        return (version, conferenceId) switch
        {
            // Not a conference, but where recordings go whose conference is not known: later ones must be taken.
            (null, ConferenceMatcher.Unknown) => Task.CompletedTask,
            ({ } known, ConferenceMatcher.Unknown) => _table.DeleteEntityAsync(tombstone, known, cancellationToken),
            ({ } known, _) => _table.UpdateEntityAsync(tombstone, known, TableUpdateMode.Replace, cancellationToken),
            _ => _table.AddEntityAsync(tombstone, cancellationToken),
        };
    }

    private async Task<bool> HasDeadLettersAsync(string conferenceId, CancellationToken cancellationToken) =>
        (await deadLetters.ListAsync(new DeadLetterFilter { ConferenceId = conferenceId }, null, 1, cancellationToken)).Letters.Count > 0;

    /// <summary>Deletes all rows behind the conference's own, and who called before the participants who lead there.</summary>
    private async Task EraseRowsAsync(string conferenceId, IReadOnlySet<string> documents, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {StorageKey.Escape(conferenceId)} and RowKey gt {StorageKey.Conference}");
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                await foreach (TableEntity[] rows in _table
                    .QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", "call_id"], cancellationToken: cancellationToken)
                    .Chunk(MaxEntities).WithCancellation(cancellationToken))
                {
                    await EraseCallersAsync(rows, documents, cancellationToken);
                    await _table.SubmitTransactionAsync(
                        rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
                }

                return;
            }
            catch (RequestFailedException exception) when (exception.Status == 404 && conflicts < MaxConflicts)
            {
                // Somebody else erases it, too; look what is left.
            }
        }
    }

    /// <summary>Erases who called, but for what a call that was in another conference, too, told when it fetched that one's document.</summary>
    private Task EraseCallersAsync(TableEntity[] rows, IReadOnlySet<string> documents, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        rows.Select(row => row.GetString("call_id")).OfType<string>(),
        new ParallelOptions { MaxDegreeOfParallelism = CallersSideBySide, CancellationToken = cancellationToken },
        async (callId, token) => await callers.EraseAsync(
            callId, time.GetUtcNow(), async document => !documents.Contains(document) && await matcher.FindAsync(callId, document, token) is not null, token));

    private static partial class Log
    {
        [LoggerMessage(130, LogLevel.Information, "The conference {Id} was erased.")]
        public static partial void Erased(ILogger logger, string id);
    }
}

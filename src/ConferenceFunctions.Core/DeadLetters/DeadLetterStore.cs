using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Keeps dead letters: a row in the table <c>deadletters</c>, the body in a blob.</summary>
/// <remarks>
/// What fails in the same way with the same body is one letter, seen again. So there are two rows a letter: one by time, for lists,
/// and one by hash, which leads to it. A row never leads to a blob that is gone: the blob is written before its row and deleted
/// after it, and only if nobody wrote it anew in between.
/// </remarks>
public sealed class DeadLetterStore(StorageAccount account, ConferenceTelemetry telemetry, TimeProvider time)
{
    private const int MaxConflicts = 20;

    // What Table Storage answers with at most.
    private const int MaxPageSize = 1000;

    private const int RemovedSideBySide = 8;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.DeadLetterTable);
    private readonly DeadLetterBodies _bodies = new(account);
    private readonly ConferencePartition _conferences = new(account);
    private readonly CallerStore _callers = new(account);

    /// <summary>
    /// Keeps a letter, unless what it belongs to was erased: then it is dropped, as it would have been if nothing had failed. One that is
    /// there already is noted as seen again.
    /// </summary>
    public async Task AddAsync(NewDeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        string hash = HashOf(letter);
        if (await IsErasedAsync(letter, cancellationToken))
        {
            return;
        }

        await KeepAsync(letter, hash, cancellationToken);
        // Erased since then, its letters may have been looked for before this one was there.
        if (await IsErasedAsync(letter, cancellationToken)
            && await FindHashRowAsync(hash, cancellationToken) is { } row)
        {
            await DiscardAsync(IdOf(row), cancellationToken);
        }
    }

    private async Task KeepAsync(NewDeadLetter letter, string hash, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                if (await FindHashRowAsync(hash, cancellationToken) is { } row)
                {
                    await SeeAgainAsync(row, letter, cancellationToken);
                }
                else
                {
                    await AddAsync(letter, hash, cancellationToken);
                    telemetry.DeadLettered(letter.Queue, letter.Reason);
                }

                return;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                // Somebody else added, saw or discarded it in between.
            }
        }
    }

    /// <summary>A letter; null where there is none of that id.</summary>
    public async Task<DeadLetter?> FindAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } entity ? DeadLetterEntities.ToLetter(entity) : null;

    /// <summary>The body of a letter; null where there is no such letter.</summary>
    public Task<BinaryData?> ReadBodyAsync(DeadLetter letter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return _bodies.ReadAsync(letter.Blob, cancellationToken);
    }

    /// <summary>Whether it is a cursor of <see cref="ListAsync"/>.</summary>
    public static bool IsCursor(string cursor) => DeadLetterId.IsValid(cursor);

    /// <summary>A page of letters, the one first seen last at its beginning.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Id of the last letter of the page before; null for the first page.</param>
    /// <param name="limit">Most letters of the page, 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The letters, and the cursor of the next page; null on the last one.</returns>
    public async Task<(IReadOnlyList<DeadLetter> Letters, string? Cursor)> ListAsync(
        DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        AsyncPageable<TableEntity> query = _table.QueryAsync<TableEntity>(
            filter.ToQuery(cursor), Math.Min(limit + 1, MaxPageSize), cancellationToken: cancellationToken);
        List<DeadLetter> letters = [];
        await foreach (Azure.Page<TableEntity> page in query.AsPages())
        {
            letters.AddRange(page.Values.Select(DeadLetterEntities.ToLetter));
            if (letters.Count > limit || (letters.Count == limit && page.ContinuationToken is not null))
            {
                return (letters[..limit], letters[limit - 1].Id);
            }
        }

        return (letters, null);
    }

    /// <summary>How many letters there are. One request.</summary>
    public async Task<DeadLetterHealth> CountAsync(CancellationToken cancellationToken)
    {
        AsyncPageable<TableEntity> query = _table.QueryAsync<TableEntity>(
            new DeadLetterFilter().ToQuery(null), MaxPageSize, ["RowKey", "first_seen"], cancellationToken);
        Azure.Page<TableEntity> page = await query.AsPages().FirstAsync(cancellationToken);
        DateTimeOffset? oldest = page.Values is [.., var last] ? last.GetDateTimeOffset("first_seen") : null;
        return new DeadLetterHealth(page.Values.Count, page.ContinuationToken is not null, oldest);
    }

    /// <summary>Removes a letter for good, whatever happens to it at the same time.</summary>
    /// <returns>Whether there was one of that id.</returns>
    public async Task<bool> DiscardAsync(string id, CancellationToken cancellationToken)
    {
        while (await FindRowAsync(id, cancellationToken) is { } entity)
        {
            if (await RemoveAsync(entity, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Hands a letter to somebody who takes care of it, and removes it then; unless it was seen again meanwhile.</summary>
    internal async Task<TakeOutcome> TakeAsync(string id, Func<DeadLetter, BinaryData, Task> take, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(id, cancellationToken) is not { } entity)
        {
            return TakeOutcome.NotFound;
        }

        DeadLetter letter = DeadLetterEntities.ToLetter(entity);
        if (await ReadBodyAsync(letter, cancellationToken) is not { } body)
        {
            return TakeOutcome.WithoutBody;
        }

        await take(letter, body);
        await RemoveAsync(entity, cancellationToken);
        return TakeOutcome.Taken;
    }

    /// <summary>Removes every letter that is meant.</summary>
    internal async Task RemoveAllAsync(DeadLetterFilter filter, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = RemovedSideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            _table.QueryAsync<TableEntity>(filter.ToQuery(null), MaxPageSize, ["RowKey"], cancellationToken),
            options,
            async (entity, token) => await DiscardAsync(IdOf(entity.RowKey), token));
    }

    /// <summary>Removes every letter of a conference, and every body that a crash left of one.</summary>
    internal async Task EraseAsync(string conferenceId, CancellationToken cancellationToken)
    {
        await RemoveAllAsync(new DeadLetterFilter { ConferenceId = conferenceId }, cancellationToken);
        await _bodies.EraseAsync(conferenceId, cancellationToken);
    }

    /// <summary>Removes every letter first seen before that time, and every body that a crash left of one.</summary>
    internal async Task RemoveOlderAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        await RemoveAllAsync(new DeadLetterFilter { To = cutoff }, cancellationToken);
        // A body is at most a moment older than its letter.
        await _bodies.DeleteOlderAsync(cutoff - TimeSpan.FromHours(1), cancellationToken);
    }

    private async Task AddAsync(NewDeadLetter letter, string hash, CancellationToken cancellationToken)
    {
        string blob = await _bodies.WriteAsync(letter, hash, cancellationToken);
        TableEntity entity = DeadLetterEntities.ToEntity(letter, hash, blob, time.GetUtcNow());
        await _table.SubmitTransactionAsync(
        [
            new TableTransactionAction(TableTransactionActionType.Add, HashRow(hash, entity.RowKey)),
            new TableTransactionAction(TableTransactionActionType.Add, entity),
        ], cancellationToken);
    }

    private async Task SeeAgainAsync(string row, NewDeadLetter letter, CancellationToken cancellationToken)
    {
        TableEntity known = await _table.GetEntityAsync<TableEntity>(DeadLetterEntities.Partition, row, cancellationToken: cancellationToken);
        await _table.UpdateEntityAsync(
            DeadLetterEntities.SeenAgain(known, letter, time.GetUtcNow()), known.ETag, TableUpdateMode.Merge, cancellationToken);
    }

    private async Task<TableEntity?> FindRowAsync(string id, CancellationToken cancellationToken)
    {
        if (!DeadLetterId.IsValid(id))
        {
            return null;
        }

        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            DeadLetterEntities.Partition, DeadLetterId.RowPrefix + id, cancellationToken: cancellationToken);
        return entity.HasValue ? entity.Value : null;
    }

    /// <summary>Removes a letter as it was read.</summary>
    /// <returns>Whether it was still so.</returns>
    private async Task<bool> RemoveAsync(TableEntity entity, CancellationToken cancellationToken)
    {
        string blob = entity.GetString("blob");
        ETag? body = await _bodies.VersionAsync(blob, cancellationToken);
        try
        {
            await _table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.Delete, entity, entity.ETag),
                new TableTransactionAction(TableTransactionActionType.Delete, HashRow(entity.GetString("hash"), entity.RowKey), ETag.All),
            ], cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            return false;
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // Somebody else removed it; or this did, and the answer was lost: then its body is still there.
        }

        if (body is not null)
        {
            await _bodies.DeleteAsync(blob, body.Value, cancellationToken);
        }

        return true;
    }

    /// <summary>The row key of the letter with that hash; null where there is none.</summary>
    private async Task<string?> FindHashRowAsync(string hash, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> known = await _table.GetEntityIfExistsAsync<TableEntity>(
            DeadLetterEntities.Partition, DeadLetterEntities.HashPrefix + hash, cancellationToken: cancellationToken);
        return known.HasValue ? known.Value!.GetString("letter") : null;
    }

    private async Task<bool> IsErasedAsync(NewDeadLetter letter, CancellationToken cancellationToken) => letter switch
    {
        { ConferenceId: { } id } => await _conferences.FindWithTombstoneAsync(id, cancellationToken) is { Erased: not null },
        // Who called may have fetched another document since.
        { CallId: { } id } => await _callers.ErasedAsync(id, cancellationToken) is { } erased
            && (letter.Content != DeadLetterContent.Caller || letter.ReceivedAt <= erased),
        _ => false,
    };

    private static string IdOf(string row) => row[DeadLetterId.RowPrefix.Length..];

    private static TableEntity HashRow(string hash, string row) =>
        new(DeadLetterEntities.Partition, DeadLetterEntities.HashPrefix + hash) { ["letter"] = row };

    private static string HashOf(NewDeadLetter letter)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{letter.Queue}\n{letter.Reason}\n{letter.Content}\n{letter.Document}\n")));
        hash.AppendData(letter.Body.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }
}

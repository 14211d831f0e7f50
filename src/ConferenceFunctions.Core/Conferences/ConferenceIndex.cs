using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Finds conferences by day, name, document and liveness. Its rows are hints: whoever follows one looks at the conference's own row,
/// which is the truth.
/// </summary>
internal sealed class ConferenceIndex(StorageAccount account)
{
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceIndexTable);
    private readonly ConferencePartition _conferences = new(account);

    /// <summary>Makes the index say what the conference's row says. Repeating it changes nothing, nor does it harm what another writer does meanwhile.</summary>
    /// <param name="before">The row before the last transaction.</param>
    /// <param name="now">The row as that transaction wrote it.</param>
    /// <returns>Whether the index now says what <paramref name="now"/> says; not so where somebody else wrote or erased since.</returns>
    public async Task<bool> WriteAsync(ConferenceRow before, ConferenceRow now)
    {
        HashSet<IndexPosition> outdated = IndexEntry.PositionsOf(before);
        HashSet<IndexPosition> known = before.Indexed ? outdated : [];
        HashSet<IndexPosition> wanted = IndexEntry.PositionsOf(now);
        while (true)
        {
            await Task.WhenAll(wanted.Except(known).Select(position => UpsertAsync(position, now.Id)));
            // First the hint, then the row that contradicts it: had the row come to agree in between, its writer would have written
            // the hint once more, and the deletion would fail.
            IndexHint?[] found = await Task.WhenAll(outdated.Except(wanted).Select(FindAsync));
            HashSet<IndexPosition> valid = IndexEntry.PositionsOf(await _conferences.FindAsync(now.Id, CancellationToken.None));
            await Task.WhenAll(found.OfType<IndexHint>().Where(hint => !valid.Contains(hint.Position)).Select(hint => DeleteAsync(hint, CancellationToken.None)));
            if (valid.SetEquals(wanted))
            {
                return valid.SetEquals(IndexEntry.PositionsOf(now));
            }

            (outdated, known, wanted) = (wanted, [], valid);
        }
    }

    /// <summary>Hints in order of their keys.</summary>
    /// <param name="after">Keys of the hint after which to begin; null for the beginning.</param>
    /// <param name="from">First partition.</param>
    /// <param name="to">Last partition.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<IndexHint> ReadAsync(
        IndexPosition? after, string from, string to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An 'or' over the rest of one partition and those behind it would scan; two ranges are two range reads.
        FormattableString[] ranges = after is null
            ? [$"PartitionKey ge {from} and PartitionKey le {to}"]
            : [$"PartitionKey eq {after.PartitionKey} and RowKey gt {after.RowKey}", $"PartitionKey gt {after.PartitionKey} and PartitionKey le {to}"];
        foreach (FormattableString range in after?.PartitionKey == to ? ranges[..1] : ranges)
        {
            await foreach (IndexHint hint in QueryAsync(range, cancellationToken))
            {
                yield return hint;
            }
        }
    }

    /// <summary>Takes away a hint that the conference's own row contradicts, unless somebody has written it since.</summary>
    /// <param name="hint">The hint, as it was before the row was read.</param>
    /// <param name="cancellationToken">Cancels the deletion.</param>
    public async Task DeleteAsync(IndexHint hint, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(hint.Position.PartitionKey, hint.Position.RowKey, hint.Version, cancellationToken);
        }
        catch (RequestFailedException exception) when (exception.Status == 412)
        {
            // It is right again.
        }
    }

    private Task UpsertAsync(IndexPosition position, string conferenceId) => _table.UpsertEntityAsync(
        new TableEntity(position.PartitionKey, position.RowKey) { ["conference_id"] = conferenceId }, TableUpdateMode.Replace);

    private async Task<IndexHint?> FindAsync(IndexPosition position)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(position.PartitionKey, position.RowKey);
        return entity.HasValue ? ToHint(entity.Value!) : null;
    }

    private async IAsyncEnumerable<IndexHint> QueryAsync(
        FormattableString filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(filter), cancellationToken: cancellationToken))
        {
            yield return ToHint(entity);
        }
    }

    private static IndexHint ToHint(TableEntity entity) =>
        new(new IndexPosition(entity.PartitionKey, entity.RowKey), entity.GetString("conference_id"), entity.ETag);
}

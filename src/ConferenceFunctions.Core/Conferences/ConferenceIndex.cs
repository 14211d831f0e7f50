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

    /// <summary>Makes the index say what is new instead of what it said before. Repeating it changes nothing.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="before">What it is known to say; null if unknown.</param>
    /// <param name="now">What it is to say; null for nothing more.</param>
    public Task WriteAsync(string conferenceId, IndexEntry? before, IndexEntry? now)
    {
        (string PartitionKey, string RowKey)[] old = [.. before?.Rows(conferenceId) ?? []];
        (string PartitionKey, string RowKey)[] wanted = [.. now?.Rows(conferenceId) ?? []];
        return Task.WhenAll(
        [
            .. wanted.Except(old).Select(key => (Task)_table.UpsertEntityAsync(
                new TableEntity(key.PartitionKey, key.RowKey) { ["conference_id"] = conferenceId }, TableUpdateMode.Replace)),
            .. old.Except(wanted).Select(key => (Task)_table.DeleteEntityAsync(key.PartitionKey, key.RowKey, ETag.All)),
        ]);
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

    /// <summary>Takes away a hint that the conference's own row contradicts.</summary>
    public Task DeleteAsync(IndexHint hint, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(hint.Position.PartitionKey, hint.Position.RowKey, ETag.All, cancellationToken);

    private async IAsyncEnumerable<IndexHint> QueryAsync(
        FormattableString filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(filter), select: ["PartitionKey", "RowKey", "conference_id"], cancellationToken: cancellationToken))
        {
            yield return new IndexHint(new IndexPosition(entity.PartitionKey, entity.RowKey), entity.GetString("conference_id"));
        }
    }
}

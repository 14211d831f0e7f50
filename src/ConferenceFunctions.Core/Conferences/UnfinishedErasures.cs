using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Notes which conferences are being erased, and what the index said about them, until the last of it is gone: what a crash left
/// is found and finished. Rows of the table <c>state</c>.
/// </summary>
internal sealed class UnfinishedErasures(StorageAccount account)
{
    private const string Partition = "erasing";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.StateTable);

    /// <summary>What is noted of a conference; null if nothing.</summary>
    public async Task<IReadOnlyList<IndexEntry>?> FindAsync(string conferenceId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            Partition, StorageKey.Escape(conferenceId), cancellationToken: cancellationToken);
        if (!entity.HasValue)
        {
            return null;
        }

        IndexEntry?[] entries = [IndexEntry.Read(entity.Value!.GetString("index")), IndexEntry.Read(entity.Value.GetString("index_before"))];
        return [.. entries.OfType<IndexEntry>()];
    }

    /// <summary>Notes that a conference is being erased.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="index">What the index should say about it; null if nothing.</param>
    /// <param name="before">What the index was last known to say about it; null if unknown.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public Task AddAsync(string conferenceId, IndexEntry? index, IndexEntry? before, CancellationToken cancellationToken)
    {
        var entity = new TableEntity(Partition, StorageKey.Escape(conferenceId))
        {
            ["conference_id"] = conferenceId,
            ["index"] = index?.Write(),
            ["index_before"] = before?.Write(),
        };
        return _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Notes that nothing of a conference is left.</summary>
    public Task RemoveAsync(string conferenceId, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition, StorageKey.Escape(conferenceId), ETag.All, cancellationToken);

    /// <summary>The conferences that are being erased.</summary>
    public async IAsyncEnumerable<string> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"), select: ["conference_id"], cancellationToken: cancellationToken))
        {
            yield return entity.GetString("conference_id");
        }
    }
}

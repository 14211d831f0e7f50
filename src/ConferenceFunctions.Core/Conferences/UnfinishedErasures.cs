using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Notes which conferences are being erased until the last of them is gone, so that what a crash left is found and finished. Rows of
/// the table <c>state</c>.
/// </summary>
internal sealed class UnfinishedErasures(StorageAccount account)
{
    private const string Partition = "erasing";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.StateTable);

    /// <summary>Whether a conference is being erased.</summary>
    public async Task<bool> HasAsync(string conferenceId, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(Partition, StorageKey.Escape(conferenceId), cancellationToken: cancellationToken)).HasValue;

    /// <summary>Notes that a conference is being erased.</summary>
    public Task AddAsync(string conferenceId, CancellationToken cancellationToken) => _table.UpsertEntityAsync(
        new TableEntity(Partition, StorageKey.Escape(conferenceId)) { ["conference_id"] = conferenceId }, TableUpdateMode.Replace, cancellationToken);

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

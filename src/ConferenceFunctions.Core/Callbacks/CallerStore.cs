using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Keeps who called in the table <c>calls</c>: a partition a call, a row a document that was fetched for it.</summary>
public sealed class CallerStore(StorageAccount account)
{
    private const int RemovedSideBySide = 8;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.CallTable);

    /// <summary>Keeps who called. Repeating it changes nothing.</summary>
    public Task WriteAsync(Caller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(caller);
        (string partition, string row) = Key(caller.CallId, caller.Document);
        var entity = new TableEntity(partition, row)
        {
            ["call_id"] = caller.CallId,
            ["document"] = caller.Document,
            ["time"] = caller.Time,
            ["from"] = caller.From,
            ["to"] = caller.To,
            ["direction"] = caller.Direction,
            ["type"] = caller.Type,
            ["role"] = caller.Role,
        };
        return _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Who called; null where nobody told.</summary>
    /// <param name="callId">Call id.</param>
    /// <param name="document">
    /// The document through which the conference was joined. Where another one was fetched for the call, that one tells, too: a
    /// conference may be joined through several.
    /// </param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<Caller?> FindAsync(string callId, string? document, CancellationToken cancellationToken)
    {
        List<Caller> callers = [];
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {StorageKey.Escape(callId)}"), cancellationToken: cancellationToken))
        {
            callers.Add(ToCaller(entity));
        }

        return callers.Find(caller => caller.Document == document) ?? callers.MaxBy(caller => caller.Time);
    }

    /// <summary>Removes what is known of a caller.</summary>
    public Task EraseAsync(string callId, CancellationToken cancellationToken) =>
        RemoveAsync(TableClient.CreateQueryFilter($"PartitionKey eq {StorageKey.Escape(callId)}"), cancellationToken);

    /// <summary>Removes who called before that time. Looks at every row.</summary>
    public Task RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        RemoveAsync(TableClient.CreateQueryFilter($"time lt {time}"), cancellationToken);

    private Task RemoveAsync(string filter, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = RemovedSideBySide, CancellationToken = cancellationToken },
        async (row, token) => await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, token));

    private static Caller ToCaller(TableEntity entity) => new()
    {
        CallId = entity.GetString("call_id"),
        Document = entity.GetString("document"),
        Time = entity.GetDateTimeOffset("time") ?? default,
        From = entity.GetString("from"),
        To = entity.GetString("to"),
        Direction = entity.GetString("direction"),
        Type = entity.GetString("type"),
        Role = entity.GetString("role"),
    };

    private static (string PartitionKey, string RowKey) Key(string callId, string document) =>
        (StorageKey.Escape(callId), StorageKey.Escape(document));
}

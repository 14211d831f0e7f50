using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Keeps who called in the table <c>calls</c>: a partition a call, a row a document that was fetched for it.</summary>
public sealed class CallerStore(StorageAccount account)
{
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

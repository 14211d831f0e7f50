using Azure;
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

    /// <summary>Who called, by call id and the document through which the conference was joined; null where nobody told.</summary>
    public async Task<Caller?> FindAsync(string callId, string document, CancellationToken cancellationToken)
    {
        (string partition, string row) = Key(callId, document);
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return entity is not { HasValue: true, Value: { } value } ? null : new Caller
        {
            CallId = value.GetString("call_id"),
            Document = value.GetString("document"),
            Time = value.GetDateTimeOffset("time") ?? default,
            From = value.GetString("from"),
            To = value.GetString("to"),
            Direction = value.GetString("direction"),
            Type = value.GetString("type"),
            Role = value.GetString("role"),
        };
    }

    private static (string PartitionKey, string RowKey) Key(string callId, string document) =>
        (StorageKey.Escape(callId), StorageKey.Escape(document));
}

using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Keeps who called in the table <c>calls</c>: a partition a call, a row a document that was fetched for it.</summary>
/// <remarks>Of a call that was erased a tombstone is left, so that what comes late of it does not bring the caller back.</remarks>
public sealed class CallerStore(StorageAccount account)
{
    private const int RemovedSideBySide = 8;

    // No escaped document is that.
    private const string Tombstone = "_";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.CallTable);

    /// <summary>Keeps who called, unless the call was erased since then. Repeating it changes nothing.</summary>
    public async Task WriteAsync(Caller caller, CancellationToken cancellationToken)
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
        await _table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
        // Looked at afterwards: between looking and writing the call might be erased.
        if (await ErasedAsync(caller.CallId, cancellationToken) >= caller.Time)
        {
            await _table.DeleteEntityAsync(partition, row, ETag.All, cancellationToken);
        }
    }

    /// <summary>When a call was erased; null where it was not.</summary>
    public async Task<DateTimeOffset?> ErasedAsync(string callId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> tombstone = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(callId), Tombstone, ["time"], cancellationToken);
        return tombstone.HasValue ? tombstone.Value!.GetDateTimeOffset("time") : null;
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
            TableClient.CreateQueryFilter($"PartitionKey eq {StorageKey.Escape(callId)} and RowKey ne {Tombstone}"), cancellationToken: cancellationToken))
        {
            callers.Add(ToCaller(entity));
        }

        return callers.Find(caller => caller.Document == document) ?? callers.MaxBy(caller => caller.Time);
    }

    /// <summary>Removes what was told of a caller until then, also what is still on its way. Repeating it goes on where a crash ended it.</summary>
    /// <param name="callId">Call id.</param>
    /// <param name="until">What was told later is kept: the call may have come into another conference since.</param>
    /// <param name="keeps">Whether what was told when a document was fetched is needed still.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task EraseAsync(string callId, DateTimeOffset until, Func<string, Task<bool>> keeps, CancellationToken cancellationToken)
    {
        string partition = StorageKey.Escape(callId);
        if (await ErasedAsync(callId, cancellationToken) is not { } erased || erased < until)
        {
            await _table.UpsertEntityAsync(new TableEntity(partition, Tombstone) { ["time"] = until }, TableUpdateMode.Replace, cancellationToken);
        }

        await RemoveAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ne {Tombstone} and time le {until}"), keeps, cancellationToken);
    }

    /// <summary>Removes who called before that time, and tombstones of calls that were erased before. Looks at every row.</summary>
    public Task RemoveOlderAsync(DateTimeOffset time, CancellationToken cancellationToken) =>
        RemoveAsync(TableClient.CreateQueryFilter($"time lt {time}"), keeps: null, cancellationToken);

    private Task RemoveAsync(string filter, Func<string, Task<bool>>? keeps, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        _table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey", "document"], cancellationToken: cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = RemovedSideBySide, CancellationToken = cancellationToken },
        async (row, token) =>
        {
            if (keeps is null || !await keeps(row.GetString("document")))
            {
                await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, token);
            }
        });

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

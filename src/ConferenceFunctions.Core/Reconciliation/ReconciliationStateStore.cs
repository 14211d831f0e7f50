using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>Keeps the state of reconciliation: one row of the table <c>state</c>.</summary>
public sealed class ReconciliationStateStore(StorageAccount account)
{
    private const string Key = "reconciliation";

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.StateTable);

    /// <summary>The state, and its version; an empty state without a version where there is none yet.</summary>
    public async Task<(ReconciliationState State, ETag? ETag)> ReadAsync(CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> stored = await _table.GetEntityIfExistsAsync<TableEntity>(Key, Key, cancellationToken: cancellationToken);
        if (!stored.HasValue)
        {
            return (new ReconciliationState(), null);
        }

        TableEntity entity = stored.Value!;
        var state = new ReconciliationState
        {
            LastStarted = entity.GetDateTimeOffset("last_started"),
            LastFinished = entity.GetDateTimeOffset("last_finished"),
            LastError = entity.GetString("last_error"),
            SweptUntil = entity.GetDateTimeOffset("swept_until"),
            RecordingsQueued = entity.GetInt32("recordings_queued") ?? 0,
            ConferencesEnded = entity.GetInt32("conferences_ended") ?? 0,
            Unfinished = entity.GetDateTimeOffset("sweep_from") is { } from && entity.GetDateTimeOffset("sweep_until") is { } until
                ? new ReconciliationSweep(from, until, entity.GetString("sweep_next_page"), entity.GetDateTimeOffset("sweep_open_since"))
                : null,
        };
        return (state, entity.ETag);
    }

    /// <summary>Writes the state over the version that was read.</summary>
    /// <param name="state">The state.</param>
    /// <param name="etag">Version that <see cref="ReadAsync"/> or the write before gave; null where there was none.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="RequestFailedException">409 or 412: somebody else wrote in between.</exception>
    public async Task<ETag> WriteAsync(ReconciliationState state, ETag? etag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var entity = new TableEntity(Key, Key)
        {
            ["last_started"] = state.LastStarted,
            ["last_finished"] = state.LastFinished,
            ["last_error"] = state.LastError,
            ["swept_until"] = state.SweptUntil,
            ["recordings_queued"] = state.RecordingsQueued,
            ["conferences_ended"] = state.ConferencesEnded,
            ["sweep_from"] = state.Unfinished?.From,
            ["sweep_until"] = state.Unfinished?.Until,
            ["sweep_next_page"] = state.Unfinished?.NextPage,
            ["sweep_open_since"] = state.Unfinished?.OpenSince,
        };
        Response response = etag is { } known
            ? await _table.UpdateEntityAsync(entity, known, TableUpdateMode.Replace, cancellationToken)
            : await _table.AddEntityAsync(entity, cancellationToken);
        return response.Headers.ETag!.Value;
    }
}

using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>The rows of recordings, as the archiver reads and writes them. The merge of events writes the same rows: neither undoes the other.</summary>
internal sealed class RecordingRows(StorageAccount account)
{
    private const int MaxConflicts = 50;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);
    private readonly ConferencePartition _conferences = new(account);

    /// <summary>The row of a recording; null where there is none.</summary>
    public async Task<RecordingRow?> FindAsync(RecordingJob job, CancellationToken cancellationToken) =>
        await ReadAsync(job, cancellationToken) is { } entity ? ConferenceEntities.ToRecording(entity) : null;

    /// <summary>The conference of a recording; null where there is none, or it was erased.</summary>
    public async Task<ConferenceState?> ConferenceAsync(RecordingJob job, CancellationToken cancellationToken) =>
        (await _conferences.FindAsync(job.ConferenceId, cancellationToken))?.State;

    /// <summary>Changes what the archiver knows of a recording.</summary>
    /// <param name="job">The recording.</param>
    /// <param name="change">Gives what is to stand there, from what does; the very same for no change. Is called again where somebody else wrote in between.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What stands there now; null where there is no such row any more.</returns>
    public async Task<RecordingRow?> UpdateAsync(RecordingJob job, Func<RecordingArchive, RecordingArchive> change, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            if (await ReadAsync(job, cancellationToken) is not { } entity)
            {
                return null;
            }

            RecordingRow row = ConferenceEntities.ToRecording(entity);
            RecordingRow changed = row with { Archive = change(row.Archive) };
            if (changed == row)
            {
                return row;
            }

            try
            {
                await _table.UpdateEntityAsync(changed.ToEntity(job.ConferenceId), entity.ETag, TableUpdateMode.Replace, cancellationToken);
                return changed;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 412 && conflicts < MaxConflicts)
            {
                // An event changed the row in between, or another instance did, or the conference was erased.
            }
        }
    }

    private async Task<TableEntity?> ReadAsync(RecordingJob job, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(job.ConferenceId), StorageKey.Recording(job.RecordingId), cancellationToken: cancellationToken);
        return entity.HasValue ? entity.Value : null;
    }
}

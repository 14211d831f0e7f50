using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Retention;

/// <summary>
/// The rows of the conference <c>unknown</c>, where recordings go whose conference was never found. It never ends, so each of them
/// goes by its own age.
/// </summary>
internal sealed class UnknownRows(StorageAccount account)
{
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);
    private readonly RecordingStore _recordings = new(account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer));

    /// <summary>Removes what happened before that time, recordings with their audio. Repeating it goes on where a crash ended it.</summary>
    public async Task RemoveOlderAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {ConferenceMatcher.Unknown} and RowKey gt {StorageKey.Conference}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (TimeOf(row) >= cutoff)
            {
                continue;
            }

            if (row.RowKey.StartsWith(StorageKey.RecordingPrefix, StringComparison.Ordinal))
            {
                // The audio first: without its row nobody would find it.
                await _recordings.EraseAsync(new RecordingJob(ConferenceMatcher.Unknown, ConferenceEntities.ToRecording(row).Id), cancellationToken);
            }

            await _table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
        }
    }

    /// <summary>When that happened which a row tells of; when it was written, where that is not said or is said to have been later.</summary>
    private static DateTimeOffset TimeOf(TableEntity row)
    {
        long said = row.RowKey switch
        {
            string key when key.StartsWith(StorageKey.EventPrefix, StringComparison.Ordinal) => EventKey.Parse(key).Time,
            string key when key.StartsWith(StorageKey.RecordingPrefix, StringComparison.Ordinal) => ConferenceEntities.ToRecording(row).Source.LastTime,
            _ => 0,
        };
        DateTimeOffset written = row.Timestamp ?? DateTimeOffset.MaxValue;
        return EventTime.ToPoint(said) is { } time && time < written ? time : written;
    }
}

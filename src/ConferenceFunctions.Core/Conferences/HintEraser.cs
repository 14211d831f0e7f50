using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Erases whatever the index says about a conference. Writers that overtake each other leave hints that nobody knows of; but every
/// hint ever written follows from the conference's events: from their names, documents and times.
/// </summary>
internal sealed class HintEraser(StorageAccount account)
{
    private readonly TableClient _events = account.Tables.GetTableClient(StorageNames.ConferenceTable);
    private readonly TableClient _index = account.Tables.GetTableClient(StorageNames.ConferenceIndexTable);

    /// <summary>Erases the hints of a conference whose events are still there, and of which no writer writes any more.</summary>
    /// <returns>The documents in whose URLs its events came.</returns>
    public async Task<IReadOnlySet<string>> EraseAsync(string conferenceId, CancellationToken cancellationToken)
    {
        (HashSet<string> partitions, HashSet<string> documents, long first, long last) = await TraceAsync(conferenceId, cancellationToken);
        string end = "_" + StorageKey.Escape(conferenceId);
        // As long as no event had a time it was found at none.
        foreach (string partition in partitions.Append(IndexEntry.DayPartition(0)))
        {
            await _index.DeleteEntityAsync(partition, StorageKey.Descending(0) + end, ETag.All, cancellationToken);
        }

        if (last == 0)
        {
            return documents;
        }

        // Only what began within the time of this conference has a key in that range.
        (string from, string to) = (StorageKey.Descending(last), StorageKey.After(StorageKey.Descending(first) + "_"));
        foreach (string partition in partitions)
        {
            await DeleteAsync($"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {to}", end, cancellationToken);
        }

        await DeleteAsync(
            $"PartitionKey ge {IndexEntry.DayPartition(last)} and PartitionKey le {IndexEntry.DayPartition(first)} and RowKey ge {from} and RowKey lt {to}",
            end, cancellationToken);
        return documents;
    }

    /// <summary>Where the events of a conference may have led to hints: partitions without those of days, and between which times; and their documents.</summary>
    private async Task<(HashSet<string> Partitions, HashSet<string> Documents, long First, long Last)> TraceAsync(string conferenceId, CancellationToken cancellationToken)
    {
        HashSet<string> partitions = [IndexEntry.LivePartition];
        HashSet<string> documents = [];
        (long first, long last) = (long.MaxValue, 0);
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {StorageKey.Escape(conferenceId)} and RowKey ge {StorageKey.EventPrefix} and RowKey lt {StorageKey.After(StorageKey.EventPrefix)}");
        await foreach (TableEntity entity in _events.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            EventRow row = ConferenceEntities.ToEvent(entity);
            if (row.Document.Length > 0 && documents.Add(row.Document))
            {
                partitions.Add(IndexEntry.DocumentPartition(row.Document));
            }

            if (CallbackParser.TryParse(row.Body, row.Kind, out ConferenceEvent? e, out _) && !string.IsNullOrEmpty(e.Name))
            {
                partitions.Add(IndexEntry.NamePartition(e.Name));
            }

            if (row.Time > 0)
            {
                (first, last) = (Math.Min(first, row.Time), Math.Max(last, row.Time));
            }
        }

        return (partitions, documents, first, last);
    }

    private async Task DeleteAsync(FormattableString range, string end, CancellationToken cancellationToken)
    {
        await foreach (TableEntity row in _index.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(range), select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken))
        {
            if (row.RowKey.EndsWith(end, StringComparison.Ordinal))
            {
                await _index.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
            }
        }
    }
}

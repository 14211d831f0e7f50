using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Finds the conference of a recording callback that has no conference id, as those of the cXML type have none: the latest conference
/// of the document in its URL that the call was in.
/// </summary>
public sealed class ConferenceMatcher(StorageAccount account)
{
    /// <summary>Id of the conference under which recordings are kept that no conference was found for.</summary>
    public const string Unknown = "unknown";

    // A call has not been in an older one.
    private const int MaxConferences = 50;

    private readonly ConferenceIndex _index = new(account);
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);

    /// <summary>The conference's id, or null where there is none yet.</summary>
    public async Task<string?> FindAsync(string callId, string document, CancellationToken cancellationToken)
    {
        string partition = IndexEntry.DocumentPartition(document);
        await foreach (IndexHint hint in _index.ReadAsync(null, partition, partition, cancellationToken).Take(MaxConferences).WithCancellation(cancellationToken))
        {
            if ((await _table.GetEntityIfExistsAsync<TableEntity>(
                StorageKey.Escape(hint.ConferenceId), StorageKey.Participant(callId), ["RowKey"], cancellationToken)).HasValue)
            {
                return hint.ConferenceId;
            }
        }

        return null;
    }
}

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

    // A call has not been in an older one, however many of a document take place at once.
    private const int MaxConferences = 5000;

    // They are asked side by side, the latest first: most calls were in one of those.
    private const int SideBySide = 32;

    private readonly ConferenceIndex _index = new(account);
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);

    /// <summary>The conference's id, or null where there is none yet.</summary>
    public async Task<string?> FindAsync(string callId, string document, CancellationToken cancellationToken)
    {
        string partition = IndexEntry.DocumentPartition(document);
        IAsyncEnumerable<IndexHint[]> candidates = _index.ReadAsync(null, partition, partition, cancellationToken).Take(MaxConferences).Chunk(SideBySide);
        await foreach (IndexHint[] hints in candidates.WithCancellation(cancellationToken))
        {
            bool[] were = await Task.WhenAll(hints.Select(hint => WasInAsync(hint.ConferenceId, callId, cancellationToken)));
            if (Array.IndexOf(were, true) is >= 0 and var latest)
            {
                return hints[latest].ConferenceId;
            }
        }

        return null;
    }

    private async Task<bool> WasInAsync(string conferenceId, string callId, CancellationToken cancellationToken) =>
        (await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(conferenceId), StorageKey.Participant(callId), ["RowKey"], cancellationToken)).HasValue;
}

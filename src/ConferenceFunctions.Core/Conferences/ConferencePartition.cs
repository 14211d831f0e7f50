using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Reads the rows of a conference. Every read is a point or a range within its partition.</summary>
internal sealed class ConferencePartition(StorageAccount account)
{
    // What Table Storage answers with at most.
    private const int MaxPageSize = 1000;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);

    /// <summary>The conference's own row; null where there is none, or it was erased.</summary>
    public async Task<ConferenceRow?> FindAsync(string conferenceId, CancellationToken cancellationToken) =>
        await FindWithTombstoneAsync(conferenceId, cancellationToken) is { Erased: null } row ? row : null;

    /// <summary>The conference's own row, also where all that is left of it says that it was erased; null where there is none.</summary>
    public async Task<ConferenceRow?> FindWithTombstoneAsync(string conferenceId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(conferenceId), StorageKey.Conference, cancellationToken: cancellationToken);
        return entity.HasValue ? ConferenceEntities.ToConference(entity.Value!) : null;
    }

    /// <summary>The row of a recording, and when it was last changed; null where there is none.</summary>
    public async Task<(RecordingRow Row, DateTimeOffset Changed)?> FindRecordingAsync(
        string conferenceId, string recordingId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(conferenceId), StorageKey.Recording(recordingId), cancellationToken: cancellationToken);
        return entity.HasValue ? (ConferenceEntities.ToRecording(entity.Value!), entity.Value!.Timestamp ?? default) : null;
    }

    /// <summary>The rows of participants, or of recordings.</summary>
    public async Task<List<StateRow>> ReadAsync(string conferenceId, string prefix, CancellationToken cancellationToken)
    {
        List<StateRow> rows = [];
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            Range(conferenceId, prefix, StorageKey.After(prefix)), cancellationToken: cancellationToken))
        {
            rows.Add(StateRow.From(entity));
        }

        return rows;
    }

    /// <summary>A page of the event log, in one request; it may have fewer events than asked for, and yet a next one. Null where there is no such conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="after">Key of the last event of the page before; null for the first page.</param>
    /// <param name="limit">Most events of the page, at most 1000.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The events, and the key after which the next page begins; null on the last page.</returns>
    public async Task<(List<EventRow> Events, string? After)?> EventsAsync(string conferenceId, string? after, int limit, CancellationToken cancellationToken)
    {
        // The first page begins with the conference's own row, which tells whether there is such a conference. Later ones begin
        // behind the last event of the page before: "!" sorts before every character that a key has.
        string from = after is null ? StorageKey.Conference : after + "!";
        AsyncPageable<TableEntity> query = _table.QueryAsync<TableEntity>(
            Range(conferenceId, from, StorageKey.After(StorageKey.EventPrefix)), maxPerPage: Math.Min(limit + 1, MaxPageSize), cancellationToken: cancellationToken);
        List<EventRow> events = [];
        // Where there are events, there is a conference; that none are left says nothing.
        bool found = after is not null;
        bool more = false;
        await foreach (Azure.Page<TableEntity> page in query.AsPages())
        {
            found |= page.Values is [{ RowKey: StorageKey.Conference } own, ..] && own.GetDateTimeOffset("erased") is null;
            events.AddRange(page.Values.Where(entity => entity.RowKey != StorageKey.Conference).Select(ConferenceEntities.ToEvent));
            more = events.Count > limit || page.ContinuationToken is not null;
            // One request a page, even where it brings fewer than asked for; only a page without any event would lead nowhere.
            if (!found || events.Count > 0)
            {
                break;
            }
        }

        if (after is not null && events.Count == 0)
        {
            found = await FindAsync(conferenceId, cancellationToken) is not null;
        }

        return found ? (events[..Math.Min(limit, events.Count)], more && events.Count > 0 ? events[Math.Min(limit, events.Count) - 1].Key : null) : null;
    }

    /// <summary>What the keys and flags of all events tell, without their bodies.</summary>
    public async IAsyncEnumerable<EventMark> MarksAsync(string conferenceId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            Range(conferenceId, StorageKey.EventPrefix, StorageKey.After(StorageKey.EventPrefix)),
            maxPerPage: MaxPageSize,
            select: ["RowKey", "muted", "hold", "coaching"],
            cancellationToken: cancellationToken))
        {
            yield return new EventMark(EventKey.Parse(entity.RowKey), entity.GetBoolean("muted"), entity.GetBoolean("hold"), entity.GetBoolean("coaching"));
        }
    }

    private static string Range(string conferenceId, string from, string before) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {StorageKey.Escape(conferenceId)} and RowKey ge {from} and RowKey lt {before}");
}

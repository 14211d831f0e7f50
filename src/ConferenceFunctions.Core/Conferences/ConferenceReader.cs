using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Reads conferences as the API shows them.</summary>
public sealed class ConferenceReader(StorageAccount account, IOptions<ConferenceOptions> options, TimeProvider time)
{
    // What Table Storage answers with at most.
    private const int MaxPageSize = 1000;

    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);

    /// <summary>A conference; null where there is none of that id, or it was erased.</summary>
    public async Task<Conference?> FindAsync(string conferenceId, CancellationToken cancellationToken) =>
        await FindRowAsync(conferenceId, cancellationToken) is { } row ? Show(row) : null;

    /// <summary>The participants of a conference in the order in which they joined; null where there is no such conference.</summary>
    public async Task<IReadOnlyList<Participant>?> ParticipantsAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = FindRowAsync(conferenceId, cancellationToken);
        List<Participant> participants = [];
        List<StateRow> rows = await ReadAsync(conferenceId, StorageKey.ParticipantPrefix, cancellationToken);
        if (await conference is not { } row)
        {
            return null;
        }

        participants.AddRange(rows.OfType<ParticipantRow>().Select(participant => Show(participant, row.State)));
        return [.. participants.OrderBy(participant => participant.JoinedAt ?? participant.LeftAt).ThenBy(participant => participant.CallId, StringComparer.Ordinal)];
    }

    /// <summary>The recordings of a conference; null where there is no such conference.</summary>
    public async Task<IReadOnlyList<Recording>?> RecordingsAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = FindRowAsync(conferenceId, cancellationToken);
        List<StateRow> rows = await ReadAsync(conferenceId, StorageKey.RecordingPrefix, cancellationToken);
        return await conference is null ? null : [.. rows.OfType<RecordingRow>().Select(Show)];
    }

    /// <summary>A page of the event log, in order of time; null where there is no such conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="after">Key of the last event of the page before, or null for the first page.</param>
    /// <param name="limit">Most events of the page.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<(IReadOnlyList<ConferenceLogEntry> Events, string? After)?> EventsAsync(
        string conferenceId, string? after, int limit, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(conferenceId, cancellationToken) is null)
        {
            return null;
        }

        // A character that no key has makes the bound lie behind the last event of the page before.
        string from = after is null ? StorageKey.EventPrefix : after + "!";
        List<EventRow> rows = [];
        bool more = false;
        await foreach (Azure.Page<TableEntity> page in _table.QueryAsync<TableEntity>(
            Range(conferenceId, from, StorageKey.After(StorageKey.EventPrefix)),
            maxPerPage: Math.Min(limit + 1, MaxPageSize),
            cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values.Select(ConferenceEntities.ToEvent));
            more = rows.Count > limit || page.ContinuationToken is not null;
            if (rows.Count >= limit)
            {
                break;
            }
        }

        return ([.. rows.Take(limit).Select(Show)], more ? rows[Math.Min(limit, rows.Count) - 1].Key : null);
    }

    private async Task<ConferenceRow?> FindRowAsync(string conferenceId, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> entity = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(conferenceId), StorageKey.Conference, cancellationToken: cancellationToken);
        return entity.HasValue && ConferenceEntities.ToConference(entity.Value!) is { Erased: null } row ? row : null;
    }

    private async Task<List<StateRow>> ReadAsync(string conferenceId, string prefix, CancellationToken cancellationToken)
    {
        List<StateRow> rows = [];
        await foreach (TableEntity entity in _table.QueryAsync<TableEntity>(
            Range(conferenceId, prefix, StorageKey.After(prefix)), cancellationToken: cancellationToken))
        {
            rows.Add(StateRow.From(entity));
        }

        return rows;
    }

    private static string Range(string conferenceId, string from, string before) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {StorageKey.Escape(conferenceId)} and RowKey ge {from} and RowKey lt {before}");

    private Conference Show(ConferenceRow row)
    {
        ConferenceState state = row.State;
        DateTimeOffset now = time.GetUtcNow();
        bool stale = IsStale(state, now);
        long? started = state.Started ?? state.FirstEvent;
        long? until = state.Ended ?? (stale ? state.LastEvent : EventTime.From(now));
        return new Conference
        {
            ConferenceId = row.Id,
            Name = state.Name?.Value,
            Document = state.Document?.Value,
            Status = state.Ended is not null ? "ended" : stale ? "stale" : "in-progress",
            Live = state.Ended is null && !stale,
            StartedAt = EventTime.ToPoint(started ?? 0),
            EndedAt = EventTime.ToPoint(state.Ended ?? 0),
            DurationSeconds = started > 0 && until > 0 ? Math.Max(0, until.Value - started.Value) / 1_000_000.0 : null,
            Size = state.Size?.Value,
            PeakSize = state.PeakSize,
            Recording = state.Recording?.Value,
            ReasonEnded = state.ReasonEnded?.Value,
            CallIdEndingConf = state.EndedBy?.Value,
            Region = state.Region?.Value,
            ProjectId = state.ProjectId?.Value,
            SpaceId = state.SpaceId?.Value,
            FirstEventAt = EventTime.ToPoint(state.FirstEvent ?? 0),
            LastEventAt = EventTime.ToPoint(state.LastEvent ?? 0),
        };
    }

    private bool IsStale(ConferenceState state, DateTimeOffset now) =>
        state.Ended is null && EventTime.From(now - options.Value.StaleAfter) > (state.LastEvent ?? 0);

    private Participant Show(ParticipantRow row, ConferenceState conference)
    {
        ParticipantState state = row.State;
        DateTimeOffset now = time.GetUtcNow();
        // Of a conference whose end was missed nobody knows more than that its participants were there at its last event.
        long? ended = conference.Ended ?? (IsStale(conference, now) ? conference.LastEvent : null);
        IReadOnlyList<Stint> stints = Stints.From(state.Joins.Times, state.Leaves.Times, ended, now);
        bool present = stints is [.., { Open: true }];
        return new Participant
        {
            CallId = row.CallId,
            Present = present,
            JoinedAt = stints.FirstOrDefault(stint => stint.JoinedAt is not null)?.JoinedAt,
            LeftAt = present ? null : stints is [.., var last] ? last.LeftAt : null,
            SecondsPresent = stints.Sum(stint => stint.Seconds ?? 0),
            Stints = stints,
            Muted = state.Muted?.Value,
            Hold = state.Hold?.Value,
            Speaking = state.Speaking is null ? null : present && state.Speaking.Value,
            Coaching = state.Coaching?.Value,
            StartOnJoin = state.StartOnJoin?.Value,
            EndOnLeave = state.EndOnLeave?.Value,
            NodeId = state.NodeId?.Value,
            SegmentId = state.SegmentId?.Value,
            Tag = state.Tag?.Value,
        };
    }

    private static Recording Show(RecordingRow row) => new()
    {
        RecordingId = row.Id,
        Status = row.Archive.Status,
        RecordingUrl = row.Source.Url?.Value,
        RecordingFileSize = row.Source.FileSize?.Value,
        RecordingDuration = row.Source.Duration?.Value,
        Size = row.Archive.Size,
        Sha256 = row.Archive.Sha256,
        ContentType = row.Archive.ContentType,
        Blob = row.Archive.Blob,
        ArchivedAt = row.Archive.ArchivedAt,
        Attempts = row.Archive.Attempts,
        NextAttempt = row.Archive.NextAttempt,
        Error = row.Archive.Error,
    };

    private static ConferenceLogEntry Show(EventRow row)
    {
        // What is in the log was parsed when it was received, by the same parser.
        if (!CallbackParser.TryParse(row.Body, row.Kind, out ConferenceEvent? e, out string? fault)
            || !CallbackPayload.TryRead(row.Body, out CallbackPayload? payload, out fault))
        {
            throw new FormatException($"The log has an event that can't be read: {fault}");
        }

        using (payload)
        {
            return new ConferenceLogEntry
            {
                Id = row.Id,
                Status = e.Status,
                OccurredAt = EventTime.ToPoint(row.Time),
                ReceivedAt = row.ReceivedAt,
                Source = row.Kind == CallbackKind.Recording ? "recording" : "conference",
                Document = row.Document,
                EventType = e.EventType,
                EventChannel = e.EventChannel,
                Timestamp = payload.Root.TryGetProperty("timestamp", out JsonElement timestamp) ? timestamp.Clone() : null,
                ProjectId = e.ProjectId,
                SpaceId = e.SpaceId,
                Params = payload.Params.Clone(),
            };
        }
    }
}

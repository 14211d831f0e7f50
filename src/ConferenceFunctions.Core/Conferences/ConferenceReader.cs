using System.Security.Cryptography;
using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Reads a conference as the API shows it: who was there, when, and for how long.</summary>
public sealed class ConferenceReader(
    StorageAccount account, CallerStore callers, CallerPrivacy privacy, IOptions<ConferenceOptions> options, TimeProvider time)
{
    private const int CallersSideBySide = 32;

    private readonly ConferencePartition _partition = new(account);
    private readonly ConferenceView _view = new(options, time);

    /// <summary>A conference, and a version that changes with what is shown of it; null where there is none of that id, or it was erased.</summary>
    public async Task<(Conference Conference, string ETag)?> FindAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = _partition.FindAsync(conferenceId, cancellationToken);
        List<StateRow> participants = await _partition.ReadAsync(conferenceId, StorageKey.ParticipantPrefix, cancellationToken);
        if (await conference is not { } found)
        {
            return null;
        }

        Conference shown = _view.Show(found, Check(found.State, [.. participants.OfType<ParticipantRow>()]));
        return (shown, Version(shown));
    }

    /// <summary>The participants of a conference in the order in which they joined; null where there is no such conference.</summary>
    public async Task<IReadOnlyList<Participant>?> ParticipantsAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = _partition.FindAsync(conferenceId, cancellationToken);
        ParticipantRow[] rows = [.. (await _partition.ReadAsync(conferenceId, StorageKey.ParticipantPrefix, cancellationToken)).OfType<ParticipantRow>()];
        if (await conference is not { } found)
        {
            return null;
        }

        // Who came and went so often that the row could not hold it is counted by the events themselves.
        ILookup<string, EventMark> marks = rows.Any(IsTruncated) ? await MarksAsync(conferenceId, cancellationToken) : Array.Empty<EventMark>().ToLookup(mark => mark.Key.Call);
        Dictionary<string, Caller> called = await CallersAsync(rows, found.State, cancellationToken);
        IEnumerable<Participant> participants = rows.Select(row =>
            ConferenceView.Show(row, StintsOf(row, marks, _view.EndOf(found)), called.GetValueOrDefault(row.CallId)));
        return [.. participants.OrderBy(participant => participant.JoinedAt ?? participant.LeftAt).ThenBy(participant => participant.CallId, StringComparer.Ordinal)];
    }

    /// <summary>What the participants of a conference were doing, and when; null where there is no such conference.</summary>
    public async Task<Timeline?> TimelineAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = _partition.FindAsync(conferenceId, cancellationToken);
        Task<ILookup<string, EventMark>> reading = MarksAsync(conferenceId, cancellationToken);
        ParticipantRow[] rows = [.. (await _partition.ReadAsync(conferenceId, StorageKey.ParticipantPrefix, cancellationToken)).OfType<ParticipantRow>()];
        ILookup<string, EventMark> marks = await reading;
        if (await conference is not { } found)
        {
            return null;
        }

        ConferenceState state = found.State;
        ConferenceEnd? end = _view.EndOf(found);
        Dictionary<string, Caller> called = await CallersAsync(rows, state, cancellationToken);
        IEnumerable<ParticipantTimeline> participants = rows.Select(row => TimelineBuilder.Build(
            row.CallId, called.GetValueOrDefault(row.CallId), marks[StorageKey.Escape(row.CallId)], StintsOf(row, marks, end), end, _view.Now));
        return new Timeline
        {
            ConferenceId = conferenceId,
            StartedAt = EventTime.ToPoint(state.Started ?? state.FirstEvent ?? 0),
            EndedAt = EventTime.ToPoint(state.End ?? 0),
            Participants = [.. participants.OrderBy(participant => participant.Present.Intervals.FirstOrDefault(interval => interval.From is not null)?.From)
                .ThenBy(participant => participant.CallId, StringComparer.Ordinal)],
        };
    }

    /// <summary>The recordings of a conference; null where there is no such conference.</summary>
    public async Task<IReadOnlyList<Recording>?> RecordingsAsync(string conferenceId, CancellationToken cancellationToken)
    {
        Task<ConferenceRow?> conference = _partition.FindAsync(conferenceId, cancellationToken);
        List<StateRow> rows = await _partition.ReadAsync(conferenceId, StorageKey.RecordingPrefix, cancellationToken);
        return await conference is { } found ? RecordingView.Show([.. rows.OfType<RecordingRow>()], found.State, _view.EndOf(found), _view.Now) : null;
    }

    /// <summary>Whether it is a cursor of <see cref="EventsAsync"/>.</summary>
    public static bool IsCursor(string after) => EventKey.IsKey(after);

    /// <summary>A page of the event log, in order of time; null where there is no such conference.</summary>
    /// <param name="conferenceId">The conference.</param>
    /// <param name="after">Key of the last event of the page before; null for the first page.</param>
    /// <param name="limit">Most events of the page, 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<(IReadOnlyList<ConferenceLogEntry> Events, string? After)?> EventsAsync(
        string conferenceId, string? after, int limit, CancellationToken cancellationToken) =>
        await _partition.EventsAsync(conferenceId, after, limit, cancellationToken) is { } page
            ? ([.. page.Events.Select(ConferenceView.Show)], page.After)
            : null;

    private async Task<ILookup<string, EventMark>> MarksAsync(string conferenceId, CancellationToken cancellationToken)
    {
        List<EventMark> marks = [];
        await foreach (EventMark mark in _partition.MarksAsync(conferenceId, cancellationToken))
        {
            if (ConferenceStatus.IsParticipant(mark.Key.Status))
            {
                marks.Add(mark);
            }
        }

        return marks.ToLookup(mark => mark.Key.Call);
    }

    private IReadOnlyList<Stint> StintsOf(ParticipantRow row, ILookup<string, EventMark> marks, ConferenceEnd? end)
    {
        IReadOnlyList<long> joins = row.State.Joins.Times;
        IReadOnlyList<long> leaves = row.State.Leaves.Times;
        if (IsTruncated(row))
        {
            joins = TimesOf(ConferenceStatus.ParticipantJoin);
            leaves = TimesOf(ConferenceStatus.ParticipantLeave);
        }

        return Stints.From(joins, leaves, end, _view.Now);

        long[] TimesOf(string status) =>
            [.. marks[StorageKey.Escape(row.CallId)].Where(mark => mark.Key.Status == status).Select(mark => mark.Key.Time).Distinct().Order()];
    }

    private static bool IsTruncated(ParticipantRow row) => row.State.Joins.Truncated || row.State.Leaves.Truncated;

    private async Task<Dictionary<string, Caller>> CallersAsync(ParticipantRow[] rows, ConferenceState conference, CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentDictionary<string, Caller>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = CallersSideBySide, CancellationToken = cancellationToken }, async (row, token) =>
        {
            if (await callers.FindAsync(row.CallId, conference.Document?.Value, token) is { } caller)
            {
                found[row.CallId] = privacy.Show(caller);
            }
        });
        return new Dictionary<string, Caller>(found, StringComparer.Ordinal);
    }

    /// <summary>Counts who was there when somebody last joined or left, by the events known, beside what SignalWire reported then.</summary>
    private static Consistency? Check(ConferenceState state, ParticipantRow[] participants) =>
        state.SizeAtMove is { } reported && Semilattice.TimeOf(reported.Stamp) is > 0 and var at && !participants.Any(IsTruncated)
            ? Consistency.Of(reported.Value, at, [.. participants.Select(row => row.State)])
            : null;

    // The row's version would not do: time makes a conference stale without touching its row.
    private static string Version(Conference shown) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(shown, ApiJson.Default.Conference)).AsSpan(0, 16))}\"";
}

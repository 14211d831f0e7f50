using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Tests.Conferences;

/// <summary>
/// What a conference must look like after some events: they are sorted, each is taken once, and they are gone through one after the
/// other. Shares nothing with the merging but the reading of events.
/// </summary>
internal sealed class ConferenceOracle
{
    private static readonly string[] Known =
    [
        "conference-start", "conference-end", "participant-join", "participant-leave", "participant-mute", "participant-unmute", "participant-hold", "participant-unhold",
        "participant-speech-start", "participant-speech-stop", "participant-modify", "record-start", "record-pause", "record-resume", "record-stop", "record-absent",
    ];

    private readonly SortedDictionary<string, object?> _conference = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, object?>> _participants = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, object?>> _recordings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (SortedSet<long> Joins, SortedSet<long> Leaves)> _moves = new(StringComparer.Ordinal);

    /// <summary>Everything that is known after these events, as one text.</summary>
    public static string Fold(IEnumerable<ReceivedEvent> events)
    {
        var oracle = new ConferenceOracle();
        foreach (ReceivedEvent received in events.DistinctBy(e => e.Event.Id).OrderBy(e => e.Event.Time).ThenBy(e => e.Event.Id, StringComparer.Ordinal))
        {
            if (received.Event.EventType == "calling.conference" && Known.Contains(received.Event.Status))
            {
                oracle.Take(received);
            }
        }

        return oracle.ToString();
    }

    /// <summary>The same text, made of rows.</summary>
    public static string Show(IEnumerable<StateRow> rows)
    {
        var oracle = new ConferenceOracle();
        foreach (StateRow row in rows)
        {
            switch (row)
            {
                case ConferenceRow { State: var s }:
                    Set(oracle._conference, ("name", s.Name?.Value), ("document", s.Document?.Value), ("project", s.ProjectId?.Value), ("space", s.SpaceId?.Value),
                        ("region", s.Region?.Value), ("size", s.Size?.Value), ("size_at_move", s.SizeAtMove?.Value), ("peak", s.PeakSize), ("recording", s.Recording?.Value), ("started", s.Started), ("ended", s.Ended), ("reconciled", s.Reconciled),
                        ("first", s.FirstEvent), ("last", s.LastEvent), ("reason", s.ReasonEnded?.Value), ("ended_by", s.EndedBy?.Value));
                    break;
                case ParticipantRow { State: var s } participant:
                    Set(oracle.Participant(participant.CallId), ("muted", s.Muted?.Value), ("hold", s.Hold?.Value), ("speaking", s.Speaking?.Value),
                        ("coaching", s.Coaching?.Value), ("start_on_join", s.StartOnJoin?.Value), ("end_on_leave", s.EndOnLeave?.Value), ("node", s.NodeId?.Value),
                        ("segment", s.SegmentId?.Value), ("tag", s.Tag?.Value));
                    oracle._moves[participant.CallId].Joins.UnionWith(s.Joins.Times);
                    oracle._moves[participant.CallId].Leaves.UnionWith(s.Leaves.Times);
                    break;
                case RecordingRow { Source: var s } recording:
                    Set(oracle.Recording(recording.Id), ("url", s.Url?.Value), ("absent", s.Absent?.Value), ("file_size", s.FileSize?.Value), ("duration", s.Duration?.Value));
                    break;
            }
        }

        return oracle.ToString();
    }

    /// <inheritdoc />
    public override string ToString() => string.Join('\n',
    [
        Text("conference", _conference),
        .. _participants.Select(pair => Text(pair.Key, pair.Value) + $" joins={string.Join(',', _moves[pair.Key].Joins)} leaves={string.Join(',', _moves[pair.Key].Leaves)}"),
        .. _recordings.Select(pair => Text(pair.Key, pair.Value)),
    ]);

    private void Take(ReceivedEvent received)
    {
        ConferenceEvent e = received.Event;
        long? time = e.Time > 0 ? e.Time : null;
        Set(_conference, ("name", e.Name), ("document", received.Callback.Document), ("project", e.ProjectId), ("space", e.SpaceId), ("region", e.Region), ("size", e.Size),
            ("reason", e.ReasonEnded), ("ended_by", e.CallIdEndingConf), ("last", time));
        _conference.TryAdd("first", null);
        _conference["first"] ??= time;
        if (e.Size > (int?)_conference.GetValueOrDefault("peak") || !_conference.ContainsKey("peak"))
        {
            Set(_conference, ("peak", e.Size));
        }

        switch (e.Status)
        {
            case "conference-start" or "conference-end" when received.Callback.Kind == CallbackKind.Reconciliation:
                if (e.Status == "conference-end" && !_conference.ContainsKey("reconciled"))
                {
                    _conference["reconciled"] = e.Time;
                }

                break;
            case "conference-start" when !_conference.ContainsKey("started"):
                Set(_conference, ("started", time));
                break;
            case "conference-end":
                _conference["ended"] = e.Time;
                break;
            case "record-start" or "record-resume":
                _conference["recording"] = "in-progress";
                break;
            case "record-pause":
                _conference["recording"] = "paused";
                break;
            case "record-stop":
                _conference["recording"] = "stopped";
                break;
            case "record-absent":
                _conference["recording"] = "absent";
                break;
            case "participant-join" or "participant-leave":
                Set(_conference, ("size_at_move", e.Size));
                break;
        }

        if (e.Status.StartsWith("participant-", StringComparison.Ordinal) && e.CallId is { Length: > 0 } call)
        {
            TakeParticipant(e, call);
        }

        bool absent = e.Status == "record-absent";
        if (e.RecordingUrl is { Length: > 0 } || absent)
        {
            string id = e.RecordingUrl is { Length: > 0 } url ? RecordingId.From(url) : e.Id;
            Set(Recording(id), ("url", e.RecordingUrl), ("absent", absent ? true : null), ("file_size", e.RecordingFileSize), ("duration", e.RecordingDuration));
        }
    }

    private void TakeParticipant(ConferenceEvent e, string call)
    {
        Set(Participant(call), ("muted", e.Muted), ("hold", e.Hold), ("coaching", e.Coaching), ("start_on_join", e.StartOnJoin), ("end_on_leave", e.EndOnLeave),
            ("node", e.NodeId), ("segment", e.SegmentId), ("tag", e.Tag));
        switch (e.Status)
        {
            case "participant-join":
                _moves[call].Joins.Add(e.Time);
                break;
            case "participant-leave":
                _moves[call].Leaves.Add(e.Time);
                break;
            case "participant-mute" or "participant-unmute":
                _participants[call]["muted"] = e.Status == "participant-mute";
                break;
            case "participant-hold" or "participant-unhold":
                _participants[call]["hold"] = e.Status == "participant-hold";
                break;
            case "participant-speech-start" or "participant-speech-stop":
                _participants[call]["speaking"] = e.Status == "participant-speech-start";
                break;
        }
    }

    private SortedDictionary<string, object?> Participant(string call)
    {
        _moves.TryAdd(call, ([], []));
        _participants.TryAdd(call, new(StringComparer.Ordinal));
        return _participants[call];
    }

    private SortedDictionary<string, object?> Recording(string id)
    {
        _recordings.TryAdd(id, new(StringComparer.Ordinal));
        return _recordings[id];
    }

    private static void Set(SortedDictionary<string, object?> target, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        foreach ((string name, object? value) in values)
        {
            if (value is not null and not "")
            {
                target[name] = value;
            }
        }
    }

    private static string Text(string title, SortedDictionary<string, object?> values) =>
        $"{title}: {string.Join(' ', values.Where(pair => pair.Value is not null).Select(pair => $"{pair.Key}={pair.Value}"))}";
}

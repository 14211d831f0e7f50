using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Reconciliation;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Shows rows as the API shows them. What depends on the time of day, such as being stale, is decided here and nowhere else.</summary>
internal sealed class ConferenceView(IOptions<ConferenceOptions> options, TimeProvider time)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Until when what was open in a conference lasted; null as long as it is live.</summary>
    public ConferenceEnd? EndOf(ConferenceRow row)
    {
        if (row.State.End is { } ended)
        {
            return new ConferenceEnd(ended, StintEnd.ConferenceEnded);
        }

        // No event happened after it was written down, whatever its clock says; and one without a time happened about then.
        long written = EventTime.From(row.Written ?? DateTimeOffset.MaxValue);
        long heard = Math.Min(row.State.LastEvent ?? written, written);
        // Of a conference whose end was missed nobody knows more than that its participants were there at its last event.
        return EventTime.From(Now - options.Value.StaleAfter) > heard ? new ConferenceEnd(row.State.LastEvent is null ? 0 : heard, StintEnd.Stale) : null;
    }

    public Conference Show(ConferenceRow row, Consistency? consistency = null)
    {
        ConferenceState state = row.State;
        ConferenceEnd? end = EndOf(row);
        long started = state.Started ?? state.FirstEvent ?? 0;
        return new Conference
        {
            ConferenceId = row.Id,
            Name = state.Name?.Value,
            Document = state.Document?.Value,
            Status = end is null ? "in-progress" : end.Reason == StintEnd.Stale ? "stale" : "ended",
            Live = end is null,
            StartedAt = EventTime.ToPoint(started),
            EndedAt = EventTime.ToPoint(state.End ?? 0),
            Reconciled = state.Ended is null && state.Reconciled is not null ? ReconciledEvent.Source : null,
            DurationSeconds = started > 0 && end is { Time: > 0 } ? Math.Max(0, end.Time - started) / 1_000_000.0 : null,
            Size = state.Size?.Value,
            PeakSize = state.PeakSize,
            Consistency = consistency,
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

    public static Participant Show(ParticipantRow row, IReadOnlyList<Stint> stints, Caller? caller)
    {
        ParticipantState state = row.State;
        bool present = stints is [.., { Open: true }];
        return new Participant
        {
            CallId = row.CallId,
            Caller = caller,
            Present = present,
            JoinedAt = stints.FirstOrDefault(stint => stint.JoinedAt is not null)?.JoinedAt,
            LeftAt = present || stints.Count == 0 ? null : stints[^1].LeftAt,
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

    public static ConferenceLogEntry Show(EventRow row)
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
                Source = SourceOf(row.Kind),
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

    private static string SourceOf(CallbackKind kind) => kind switch
    {
        CallbackKind.Recording => "recording",
        CallbackKind.Reconciliation => "reconciliation",
        _ => "conference",
    };
}

using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>What a backend makes of callbacks that keeps every one of them.</summary>
internal static class FakeBackend
{
    /// <summary>What it knows after those callbacks.</summary>
    public static BackendState After(IEnumerable<SimulatedCallback> callbacks, Func<string, RecordedAudio?>? audioOf = null)
    {
        (ConferenceEvent Event, ConferenceLogEntry Entry)[] log =
            [.. callbacks.Select(callback => Take(CallbackEncoder.Encode(callback), callback.Route.Kind)).DistinctBy(taken => taken.Event.Id)];
        return log.Length == 0 ? BackendState.Unknown : After(log, audioOf);
    }

    /// <summary>Reads a request as the backend does.</summary>
    public static (ConferenceEvent Event, ConferenceLogEntry Entry) Take(CallbackRequest request, CallbackKind kind)
    {
        // The token in the query is no part of the event.
        byte[] body = request.Method == HttpMethod.Get
            ? Encoding.UTF8.GetBytes(string.Join('&', request.Url.Query[1..].Split('&').Where(field => !field.StartsWith("t=", StringComparison.Ordinal))))
            : request.Body;
        Assert.True(CallbackParser.TryParse(body, kind, out ConferenceEvent? e, out string? fault), fault);
        Assert.True(CallbackPayload.TryRead(body, out CallbackPayload? payload, out fault), fault);
        using (payload)
        {
            return (e, new ConferenceLogEntry
            {
                Id = e.Id,
                Status = e.Status,
                OccurredAt = EventTime.ToPoint(e.Time),
                ReceivedAt = DateTimeOffset.UnixEpoch,
                Source = kind.ToString(),
                Document = "team",
                EventType = e.EventType,
                Timestamp = payload.Root.GetProperty("timestamp").Clone(),
                Params = payload.Params.Clone(),
            });
        }
    }

    /// <summary>What it knows after those events.</summary>
    public static BackendState After(IReadOnlyList<(ConferenceEvent Event, ConferenceLogEntry Entry)> log, Func<string, RecordedAudio?>? audioOf = null)
    {
        ConferenceEvent[] events = [.. log.Select(taken => taken.Event).OrderBy(e => e.Time)];
        long? ended = events.FirstOrDefault(e => e.Status == ConferenceStatus.ConferenceEnd)?.Time;
        ConferenceEvent? start = events.FirstOrDefault(e => e.Status == ConferenceStatus.ConferenceStart);
        var conference = new Conference
        {
            ConferenceId = events[0].ConferenceId,
            Name = events.Select(e => e.Name).FirstOrDefault(name => name is not null),
            Status = ended is null ? "in-progress" : "ended",
            Live = ended is null,
            StartedAt = EventTime.ToPoint(start?.Time ?? events[0].Time),
            EndedAt = EventTime.ToPoint(ended ?? 0),
            PeakSize = events.Max(e => e.Size),
            ReasonEnded = events.Select(e => e.ReasonEnded).LastOrDefault(reason => reason is not null),
            CallIdEndingConf = events.Select(e => e.CallIdEndingConf).LastOrDefault(callId => callId is not null),
        };
        Recording[] recordings = [.. events.Select(e => e.RecordingUrl).OfType<string>().Distinct().Select(url => RecordingOf(RecordingId.From(url), audioOf))];
        return new BackendState(
            conference,
            [.. events.Where(e => ConferenceStatus.IsParticipant(e.Status)).GroupBy(e => e.CallId!).Select(call => ParticipantOf([.. call], ended))],
            [.. log.Select(taken => taken.Entry)],
            recordings)
        {
            AudioHashes = recordings.Where(recording => recording.Sha256 is not null).ToDictionary(recording => recording.RecordingId, recording => recording.Sha256!),
        };
    }

    // As the API shows it: in JSON, where what a test does not need may be missing.
    private static Participant ParticipantOf(ConferenceEvent[] events, long? ended)
    {
        DateTimeOffset?[] joins = TimesOf(events, ConferenceStatus.ParticipantJoin);
        DateTimeOffset?[] leaves = TimesOf(events, ConferenceStatus.ParticipantLeave);
        var participant = new JsonObject
        {
            ["call_id"] = events[0].CallId,
            ["present"] = false,
            ["seconds_present"] = 0,
            ["muted"] = events.Select(ParticipantFlags.Muted).LastOrDefault(flag => flag is not null),
            ["hold"] = events.Select(ParticipantFlags.Held).LastOrDefault(flag => flag is not null),
            ["coaching"] = events[^1].Coaching,
            ["start_on_join"] = events[^1].StartOnJoin,
            ["end_on_leave"] = events[^1].EndOnLeave,
            ["stints"] = new JsonArray([.. Enumerable.Range(0, Math.Max(joins.Length, leaves.Length)).Select(i => new JsonObject
            {
                ["joined_at"] = joins.ElementAtOrDefault(i),
                ["left_at"] = leaves.ElementAtOrDefault(i) ?? EventTime.ToPoint(ended ?? 0),
            })]),
        };
        var page = new JsonObject { ["items"] = new JsonArray(participant) };
        return page.Deserialize(ApiJson.Default.PageParticipant)!.Items[0];
    }

    private static DateTimeOffset?[] TimesOf(ConferenceEvent[] events, string status) =>
        [.. events.Where(e => e.Status == status).Select(e => EventTime.ToPoint(e.Time))];

    private static Recording RecordingOf(string id, Func<string, RecordedAudio?>? audioOf)
    {
        RecordedAudio? audio = audioOf?.Invoke(id);
        return new Recording
        {
            RecordingId = id,
            Status = audio is null ? RecordingStatus.Pending : RecordingStatus.Archived,
            Size = audio?.Content.LongLength,
            Sha256 = audio?.Sha256,
            Attempts = 1,
        };
    }

    /// <summary>A copy of a JSON value with another text in it.</summary>
    public static JsonElement Replace(JsonElement json, string text, string with) =>
        JsonDocument.Parse(json.GetRawText().Replace(text, with, StringComparison.Ordinal)).RootElement;
}

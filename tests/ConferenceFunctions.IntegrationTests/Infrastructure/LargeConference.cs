using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using Microsoft.Playwright;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>A conference that is larger than an emulator of storage likes, as the API would tell of it.</summary>
public sealed class LargeConference
{
    /// <summary>Its conference id.</summary>
    public const string Id = "99999999-9999-4999-8999-999999999999";

    private static readonly DateTimeOffset Start = new(2026, 1, 12, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _answers;

    /// <summary>Makes it up.</summary>
    /// <param name="participants">How many were there, all the time.</param>
    /// <param name="duration">How long it lasted.</param>
    /// <param name="speakingIntervals">How often each of them spoke.</param>
    public LargeConference(int participants, TimeSpan duration, int speakingIntervals)
    {
        DateTimeOffset end = Start + duration;
        var conference = new Conference { ConferenceId = Id, Name = "All hands", Status = "ended", Live = false, StartedAt = Start, EndedAt = end, DurationSeconds = duration.TotalSeconds };
        Caller[] callers = [.. Enumerable.Range(0, participants).Select(i => new Caller { CallId = $"call-{i}", Document = "all-hands", Time = Start, From = $"+12125550{i:D3}" })];
        var stint = new Stint(Start, end, duration.TotalSeconds, false, false, StintEnd.ConferenceEnded);
        TimelineLane none = new([], 0);
        TimelineLane present = new([new(Start, end, duration.TotalSeconds, false)], duration.TotalSeconds);
        TimelineLane[] speaking = [.. callers.Select((_, i) => Speaking(i, duration, speakingIntervals))];
        _answers = new()
        {
            [""] = Text(conference, ApiJson.Default.Conference),
            ["/participants"] = Text(
                new([.. callers.Select(caller => new Participant { CallId = caller.CallId, Caller = caller, Present = false, SecondsPresent = duration.TotalSeconds, Stints = [stint] })], null),
                ApiJson.Default.PageParticipant),
            ["/timeline"] = Text(
                new Timeline
                {
                    ConferenceId = Id,
                    StartedAt = Start,
                    EndedAt = end,
                    Participants = [.. callers.Select((caller, i) => new ParticipantTimeline { CallId = caller.CallId, Caller = caller, Present = present, Muted = none, Held = none, Speaking = speaking[i], Coaching = none })],
                },
                ApiJson.Default.Timeline),
            ["/recordings"] = Text(new Page<Recording>([], null), ApiJson.Default.PageRecording),
            ["/events"] = Text(new Page<ConferenceLogEntry>([], null), ApiJson.Default.PageConferenceLogEntry),
        };
    }

    /// <summary>What the API answers to a request for it.</summary>
    public RouteFulfillOptions Answer(string url) =>
        new() { ContentType = "application/json", Body = _answers[new Uri(url).AbsolutePath.Split(Id)[1]] };

    private static TimelineLane Speaking(int participant, TimeSpan duration, int intervals)
    {
        TimeSpan turn = duration / intervals;
        return new TimelineLane(
            [.. Enumerable.Range(0, intervals).Select(i => new TimelineInterval(Start + (turn * i) + (turn * 0.01 * participant), Start + (turn * i) + (turn * (0.2 + (0.01 * participant))), turn.TotalSeconds * 0.2, false))],
            duration.TotalSeconds * 0.2);
    }

    private static string Text<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);
}

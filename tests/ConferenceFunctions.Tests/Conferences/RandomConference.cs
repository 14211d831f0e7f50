using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Conferences;

/// <summary>Makes conferences at random: few calls, many events, times that collide or are missing, statuses that are unknown.</summary>
internal static class RandomConference
{
    private static readonly string[] Statuses = [.. ConferenceStatus.Documented, ConferenceStatus.RecordAbsent, "participant-levitate"];

    /// <summary>The events of a conference, in no particular order, none twice.</summary>
    public static List<ReceivedEvent> Events(Random random, string conferenceId, int max = 60)
    {
        int calls = random.Next(1, 6);
        return [.. Enumerable.Range(0, random.Next(1, max)).Select(_ => Event(random, conferenceId, calls)).DistinctBy(e => e.Event.Id)];
    }

    /// <summary>An event as it is received.</summary>
    public static ReceivedEvent Received(string json, string document = "room", CallbackKind kind = CallbackKind.Conference)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        Assert.True(CallbackParser.TryParse(body, kind, out ConferenceEvent? e, out string? fault), fault);
        return new ReceivedEvent(e, new QueuedCallback(e.Id, kind, document, DateTimeOffset.UnixEpoch, body));
    }

    private static ReceivedEvent Event(Random random, string conferenceId, int calls)
    {
        var parameters = new JsonObject { ["conference_id"] = conferenceId, ["status"] = random.Pick(Statuses), ["nonce"] = random.Next(1_000_000) };
        Maybe(parameters, random, "call_id", () => $"call{random.Next(calls)}", 9);
        Maybe(parameters, random, "name", () => random.Pick("team_meeting", "other"), 5);
        Maybe(parameters, random, "size", () => random.Next(6), 5);
        Maybe(parameters, random, "node_id", () => $"node{random.Next(3)}", 2);
        Maybe(parameters, random, "segment_id", () => $"segment{random.Next(3)}", 2);
        Maybe(parameters, random, "region", () => random.Pick("us", "eu"), 2);
        Maybe(parameters, random, "tag", () => $"tag{random.Next(3)}", 2);
        foreach (string flag in (ReadOnlySpan<string>)["muted", "hold", "start_on_join", "end_on_leave", "coaching"])
        {
            Maybe(parameters, random, flag, () => random.Next(2) == 0, 4);
        }

        Maybe(parameters, random, "recording_url", () => $"https://x.signalwire.com/api/v1/recordings/0f1c8d6a-3c1e-4f5b-9a40-00000000000{random.Next(2)}/download?x={random.Next(3)}", 2);
        Maybe(parameters, random, "recording_file_size", () => random.Next(1000), 2);
        Maybe(parameters, random, "recording_duration", () => random.Next(1000) / 8.0, 2);
        Maybe(parameters, random, "reason_ended", () => random.Pick("last-participant-left", "conference-ended-via-api"), 2);
        Maybe(parameters, random, "call_id_ending_conf", () => $"call{random.Next(calls)}", 2);
        var body = new JsonObject { ["event_type"] = random.Next(15) == 0 ? "calling.other" : "calling.conference", ["params"] = parameters };
        Maybe(body, random, "project_id", () => random.Pick("p1", "p2"), 5);
        Maybe(body, random, "space_id", () => random.Pick("s1", "s2"), 5);
        // Few different seconds, so that many events have the same time; some have none.
        Maybe(body, random, "timestamp", () => JsonNode.Parse((1_767_225_600 + (random.Next(12) * 7_000)).ToString(CultureInfo.InvariantCulture))!, 9);
        return random.Next(12) == 0
            ? Received(body.ToJsonString(), "", CallbackKind.Reconciliation)
            : Received(body.ToJsonString(), random.Pick("room", "moderators"));
    }

    private static void Maybe(JsonObject parent, Random random, string name, Func<JsonNode> value, int outOfTen)
    {
        if (random.Next(10) < outOfTen)
        {
            parent[name] = value();
        }
    }
}

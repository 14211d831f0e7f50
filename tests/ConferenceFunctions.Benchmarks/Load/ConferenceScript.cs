using System.Globalization;
using System.Text.Json.Nodes;

namespace ConferenceFunctions.Benchmarks.Load;

/// <summary>The events of a conference in order, as SignalWire's relay JSON: start, joins, a lively middle, leaves, end.</summary>
internal static class ConferenceScript
{
    /// <summary>The document in whose URLs all callbacks come.</summary>
    public const string Document = "room";

    private const long FirstSecond = 1_767_225_600;
    private const int EventsPerParticipant = 12;

    private static readonly string[] Middle =
        ["participant-mute", "participant-unmute", "participant-hold", "participant-unhold", "participant-modify", "participant-speech-start", "participant-speech-stop"];

    /// <summary>The events of a conference.</summary>
    /// <param name="conferenceId">Its id.</param>
    /// <param name="count">How many, at least 10.</param>
    public static IReadOnlyList<string> Events(string conferenceId, int count)
    {
        string[] calls = [.. Enumerable.Range(0, Math.Max(3, count / EventsPerParticipant)).Select(i => $"{conferenceId}-call-{i:D3}")];
        var moves = new List<(string Status, string? Call, int Size)> { ("conference-start", null, 0) };
        moves.AddRange(calls.Select((call, i) => ("participant-join", (string?)call, i + 1)));
        int middle = count - (2 * calls.Length) - 2;
        moves.AddRange(Enumerable.Range(0, middle).Select(i => (Middle[i % Middle.Length], (string?)calls[i / Middle.Length % calls.Length], calls.Length)));
        moves.AddRange(calls.Select((call, i) => ("participant-leave", (string?)call, calls.Length - i - 1)));
        moves.Add(("conference-end", null, 0));
        return [.. moves.Select((move, i) => Event(conferenceId, move.Status, $"{FirstSecond + i}.000000", move.Call, move.Size))];
    }

    /// <summary>One event.</summary>
    /// <param name="conferenceId">Its conference.</param>
    /// <param name="status">What happened.</param>
    /// <param name="timestamp">When: seconds since 1970 with six decimals.</param>
    /// <param name="callId">Whose call; null for an event of the conference itself.</param>
    /// <param name="size">Participants after it.</param>
    public static string Event(string conferenceId, string status, string timestamp, string? callId, int size)
    {
        var parameters = new JsonObject
        {
            ["conference_id"] = conferenceId,
            ["name"] = "team_meeting",
            ["status"] = status,
            ["size"] = size,
            ["region"] = "us",
        };
        if (callId is not null)
        {
            parameters["call_id"] = callId;
            parameters["node_id"] = "6b706dc1-06ce-41e4-8ad1-2f1ef0ca9b4d@us-east";
            parameters["segment_id"] = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69";
            parameters["muted"] = status == "participant-mute";
            parameters["hold"] = status == "participant-hold";
            parameters["start_on_join"] = true;
            parameters["end_on_leave"] = false;
            parameters["coaching"] = false;
        }

        string rest = new JsonObject
        {
            ["project_id"] = "11111111-2222-3333-4444-555555555555",
            ["space_id"] = "66666666-7777-8888-9999-000000000000",
            ["params"] = parameters,
        }.ToJsonString();
        // The timestamp may hold a placeholder, which is no number yet.
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"event_type\":\"calling.conference\",\"event_channel\":\"swml:0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69\",\"timestamp\":{timestamp},{rest.AsSpan(1)}");
    }

    /// <summary>A timestamp that <see cref="StampedRequest"/> counts up.</summary>
    public static string StampedTimestamp => $"{FirstSecond}.{StampedRequest.Placeholder}";
}

using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

public class CallbackEncoderTests
{
    // SignalWire's page on join_conference, with what it says about further fields.
    private const string Join = """
        {
          "event_type": "calling.conference",
          "event_channel": "swml:ann-session",
          "timestamp": 1640000001.123001,
          "project_id": "p",
          "space_id": "s",
          "params": {
            "call_id": "ann",
            "name": "team_meeting",
            "conference_id": "3f2a5c1e-9c1d-4f6b-8a57-0c4f1b2d3e4f",
            "status": "participant-join",
            "size": 1,
            "node_id": "n@us-east",
            "segment_id": "ann-segment",
            "region": "eu",
            "tag": "vip",
            "muted": false,
            "hold": false,
            "start_on_join": true,
            "end_on_leave": false,
            "coaching": false
          }
        }
        """;

    private const string End = """
        {
          "event_type": "calling.conference",
          "event_channel": "swml:ann-session",
          "timestamp": 1640000010.123002,
          "project_id": "p",
          "space_id": "s",
          "params": {
            "call_id": "ann",
            "name": "team_meeting",
            "conference_id": "3f2a5c1e-9c1d-4f6b-8a57-0c4f1b2d3e4f",
            "status": "conference-end",
            "size": 0,
            "node_id": "n@us-east",
            "region": "eu",
            "reason_ended": "last-participant-left",
            "call_id_ending_conf": "ann",
            "recording_url": "https://example.com/api/v1/recordings/6b0b8f0e-7f4c-4d57-9d0a-5a0f3f0f6b11/download",
            "recording_duration": 8,
            "recording_file_size": 128000
          }
        }
        """;

    [Theory]
    [InlineData("participant-join", Join)]
    [InlineData("conference-end", End)]
    public void Events_are_posted_as_JSON_in_the_documented_shape(string status, string expected)
    {
        CallbackRequest request = CallbackEncoder.Encode(Callback(Everything, status));

        Assert.Equal(HttpMethod.Post, request.Method);
        Assert.Equal("application/json", request.ContentType);
        Assert.Equal(Room.Callback, request.Url.AbsoluteUri);
        // Names in the documented order, all digits of the time.
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), Encoding.UTF8.GetString(request.Body));
    }

    [Theory]
    [InlineData(CallbackMethod.Post, CallbackEventType.Relay)]
    [InlineData(CallbackMethod.Get, CallbackEventType.Relay)]
    [InlineData(CallbackMethod.Post, CallbackEventType.Cxml)]
    [InlineData(CallbackMethod.Get, CallbackEventType.Laml)]
    public void Every_event_is_understood_whatever_its_encoding(CallbackMethod method, CallbackEventType type)
    {
        JoinConference join = Everything with
        {
            StatusCallbackMethod = method,
            StatusCallbackEventType = type,
            RecordingStatusCallbackMethod = method,
            RecordingStatusCallbackEventType = type,
        };
        foreach (SimulatedCallback callback in Play(join))
        {
            ConferenceEvent e = Parse(CallbackEncoder.Encode(callback), callback.Route.Kind);

            Assert.Equal(callback.Event.Status, e.Status);
            Assert.Equal(CallbackEncoder.ToldTime(callback), e.Time);
            Assert.Equal("p", e.ProjectId);
            Assert.Equal(callback.Event.Recording?.Url, e.RecordingUrl);
            bool recordingForm = callback.Route is { IsForm: true, Kind: CallbackKind.Recording };
            Assert.Equal(recordingForm ? "" : Room.ConferenceId, e.ConferenceId);
        }
    }

    [Fact]
    public void Forms_have_the_names_of_cXML()
    {
        CallbackRequest request = CallbackEncoder.Encode(Callback(Everything with { StatusCallbackEventType = CallbackEventType.Cxml }, "participant-join"));

        Assert.Equal("application/x-www-form-urlencoded", request.ContentType);
        Assert.Equal(
            [
                "AccountSid=p", "Timestamp=Mon, 20 Dec 2021 11:33:21 +0000", "CallSid=ann", "FriendlyName=team_meeting",
                $"ConferenceSid={Room.ConferenceId}", "StatusCallbackEvent=participant-join", "Muted=false", "Hold=false",
                "StartConferenceOnEnter=true", "EndConferenceOnExit=false", "EventName=participant-join",
            ],
            Fields(Encoding.UTF8.GetString(request.Body)));
    }

    [Fact]
    public void Forms_about_recordings_have_no_conference()
    {
        CallbackRequest request = CallbackEncoder.Encode(Callback(Everything with { RecordingStatusCallbackEventType = CallbackEventType.Laml }, "record-stop"));

        Assert.Equal(
            [
                "AccountSid=p", "Timestamp=Mon, 20 Dec 2021 11:33:30 +0000", "CallSid=ann", "RecordingStatus=completed",
                $"RecordingSid={FakeRecorder.Id}", $"RecordingUrl={FakeRecorder.Url}", "RecordingDuration=8",
            ],
            Fields(Encoding.UTF8.GetString(request.Body)));
    }

    [Fact]
    public void GET_puts_the_event_into_the_query()
    {
        CallbackRequest request = CallbackEncoder.Encode(Callback(Everything with { StatusCallbackMethod = CallbackMethod.Get }, "participant-join"));

        Assert.Equal(HttpMethod.Get, request.Method);
        Assert.Empty(request.Body);
        Assert.StartsWith(Room.Callback + "&event_type=calling.conference&event_channel=swml%3Aann-session&timestamp=1640000001.123001&", request.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("&params.status=participant-join&params.size=1&", request.Url.AbsoluteUri, StringComparison.Ordinal);
        Assert.EndsWith("&params.coaching=false", request.Url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void GET_begins_a_query_where_there_is_none()
    {
        CallbackRequest request = CallbackEncoder.Encode(Callback(
            Everything with { StatusCallbackMethod = CallbackMethod.Get, StatusCallback = "https://example.com/events" }, "participant-join"));

        Assert.StartsWith("https://example.com/events?event_type=", request.Url.AbsoluteUri, StringComparison.Ordinal);
    }

    private static JoinConference Everything { get; } = Room.Everything with { Region = "eu", Record = RecordMode.RecordFromStart };

    private static SimulatedCallback Callback(JoinConference join, string status) => Play(join).Single(callback => callback.Event.Status == status);

    private static List<SimulatedCallback> Play(JoinConference join)
    {
        SimulatedCall ann = Room.Call("ann") with { ProjectId = "p", SpaceId = "s", NodeId = "n@us-east", Tag = "vip" };
        var sink = new SinkProbe();
        var conference = new SimulatedConference(Room.ConferenceId, ann, join, sink, new FakeRecorder());
        conference.Join(ann, join, Room.Start + 1_000_000);
        conference.Mute("ann", true, Room.Start + 2_000_000);
        conference.Leave("ann", Room.Start + 10_000_000);
        return sink.Posted;
    }

    private static ConferenceEvent Parse(CallbackRequest request, CallbackKind kind)
    {
        byte[] body = request.Method == HttpMethod.Get ? Encoding.UTF8.GetBytes(request.Url.Query[1..]) : request.Body;
        Assert.True(CallbackParser.TryParse(body, kind, out ConferenceEvent? e, out string? fault), fault);
        return e;
    }

    private static IEnumerable<string> Fields(string form) => FormFields.Parse(form).Select(field => $"{field.Key}={field.Value}");
}

using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>A conference and who is in it, for tests: everything takes a second.</summary>
internal sealed class Room
{
    public const string ConferenceId = "3f2a5c1e-9c1d-4f6b-8a57-0c4f1b2d3e4f";

    public const string Callback = "https://example.com/api/callbacks/conference/team?t=abc";

    public const string RecordingCallback = "https://example.com/api/callbacks/recording/team?t=def";

    public const long Start = 1_640_000_000_123_000;

    private long _now = Start;

    /// <summary>What a document asks for that wants to know everything.</summary>
    public static JoinConference Everything { get; } = new()
    {
        Name = "team_meeting",
        StatusCallback = Callback,
        StatusCallbackEvent = ["start", "end", "join", "leave", "mute", "hold", "modify", "speaker"],
        RecordingStatusCallback = RecordingCallback,
        RecordingStatusCallbackEvent = ["in-progress", "completed", "absent"],
    };

    public Room(JoinConference? first = null, FakeRecorder? recorder = null)
    {
        Recorder = recorder ?? new FakeRecorder();
        Conference = new SimulatedConference(ConferenceId, Call("ann"), first ?? Everything, Sink, Recorder);
    }

    public SinkProbe Sink { get; } = new();

    public FakeRecorder Recorder { get; }

    public SimulatedConference Conference { get; }

    /// <summary>The time, in microseconds; it goes on by a second whenever somebody asks.</summary>
    public long Now => _now += 1_000_000;

    public static SimulatedCall Call(string callId) =>
        SimulatedCall.OfParticipant(0) with { CallId = callId, SegmentId = $"{callId}-segment", SessionId = $"{callId}-session" };

    public JoinOutcome Join(string callId, JoinConference? join = null) => Conference.Join(Call(callId), join ?? Everything, Now);

    public void Leave(string callId) => Conference.Leave(callId, Now);
}

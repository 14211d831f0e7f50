using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

public class BackendComparisonTests
{
    private static readonly RecordedAudio Audio = RecordedAudio.Of(WaveAudio.Create(1, 2));
    private static readonly JoinConference Recorded = Room.Everything with { Record = RecordMode.RecordFromStart };

    [Fact]
    public void A_backend_that_keeps_everything_is_right()
    {
        BackendComparison comparison = Compare(Recorded, state => state);

        Assert.All(comparison.Rows, row => Assert.Equal(Verdict.Right, row.Verdict));
        Assert.Equal("15 callbacks acknowledged, 15 applied, 0 lost, 0 doubled; 1 recording archived, SHA-256 equal", comparison.Summary);
    }

    [Theory]
    [InlineData(CallbackMethod.Get, CallbackEventType.Relay)]
    [InlineData(CallbackMethod.Post, CallbackEventType.Cxml)]
    [InlineData(CallbackMethod.Get, CallbackEventType.Cxml)]
    public void It_is_right_whatever_the_encoding(CallbackMethod method, CallbackEventType type)
    {
        BackendComparison comparison = Compare(Recorded with
        {
            StatusCallbackMethod = method,
            StatusCallbackEventType = type,
            RecordingStatusCallbackMethod = method,
            RecordingStatusCallbackEventType = type,
        }, state => state);

        Assert.All(comparison.Rows, row => Assert.Equal(Verdict.Right, row.Verdict));
    }

    [Theory]
    [InlineData("start")]
    [InlineData("end")]
    [InlineData("join")]
    [InlineData("leave")]
    [InlineData("mute")]
    [InlineData("join leave")]
    public void Only_what_the_backend_was_told_is_expected_of_it(string events)
    {
        BackendComparison comparison = Compare(Room.Everything with { StatusCallbackEvent = events.Split(' '), RecordingStatusCallbackEvent = [] }, state => state);

        Assert.All(comparison.Rows, row => Assert.Equal(Verdict.Right, row.Verdict));
        Assert.EndsWith("; no recording", comparison.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void An_acknowledged_callback_that_is_not_in_the_log_is_lost()
    {
        BackendComparison comparison = Compare(Recorded, state => state with { Log = [.. state.Log.Skip(1)] });

        Assert.Equal((14, 1, 0, 0), (comparison.Log.Applied, comparison.Log.Lost, comparison.Log.Doubled, comparison.Log.Unexpected));
        Assert.False(comparison.IsRight);
        Assert.StartsWith("15 callbacks acknowledged, 14 applied, 1 lost, 0 doubled", comparison.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_callback_that_is_in_the_log_twice_is_doubled()
    {
        BackendComparison comparison = Compare(Recorded, state => state with { Log = [.. state.Log, state.Log[0] with { Id = "another" }] });

        Assert.Equal((15, 0, 1, 0), (comparison.Log.Applied, comparison.Log.Lost, comparison.Log.Doubled, comparison.Log.Unexpected));
        Assert.False(comparison.IsRight);
    }

    [Fact]
    public void What_nobody_sent_is_unexpected()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Log = [.. state.Log, state.Log[0] with { Params = FakeBackend.Replace(state.Log[0].Params, "team_meeting", "other") }],
        });

        Assert.Equal((15, 0, 0, 1), (comparison.Log.Applied, comparison.Log.Lost, comparison.Log.Doubled, comparison.Log.Unexpected));
        Assert.False(comparison.IsRight);
    }

    [Fact]
    public void A_callback_that_is_changed_on_its_way_is_lost()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Log = [.. state.Log.Select((entry, i) => i == 1 ? entry with { Params = FakeBackend.Replace(entry.Params, "false", "true") } : entry)],
        });

        Assert.Equal((14, 1, 1), (comparison.Log.Applied, comparison.Log.Lost, comparison.Log.Unexpected));
    }

    [Fact]
    public void The_order_of_names_and_the_form_of_numbers_do_not_matter()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Log = [.. state.Log.Select(entry => entry with { Params = FakeBackend.Replace(entry.Params, "\"size\":1,", "\"size\":1.0,") })],
        });

        Assert.True(comparison.IsRight);
    }

    public static TheoryData<string, Func<Conference, Conference>> WrongConferences { get; } = new()
    {
        { "name: team_meeting expected, found other", conference => conference with { Name = "other" } },
        { "status: ended expected, found in-progress", conference => conference with { Status = "in-progress" } },
        { "reason: last-participant-left expected, found nothing", conference => conference with { ReasonEnded = null } },
        { "ended by: ann expected, found bob", conference => conference with { CallIdEndingConf = "bob" } },
        { "peak size: 2 expected, found 3", conference => conference with { PeakSize = 3 } },
        { "started: ", conference => conference with { StartedAt = conference.StartedAt!.Value.AddMicroseconds(1) } },
        { "ended: ", conference => conference with { EndedAt = conference.EndedAt!.Value.AddMicroseconds(-1) } },
    };

    [Theory]
    [MemberData(nameof(WrongConferences))]
    public void A_conference_that_differs_is_told(string difference, Func<Conference, Conference> change)
    {
        BackendComparison comparison = Compare(Recorded, state => state with { Conference = change(state.Conference!) });

        Assert.Contains(difference, Wrong(comparison, "Conference").Found, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<Participant, Participant>> WrongParticipants { get; } = new()
    {
        { "bob muted: False expected, found True", participant => participant with { Muted = true } },
        { "bob hold: False expected, found nothing", participant => participant with { Hold = null } },
        { "bob coaching: ", participant => participant with { Coaching = true } },
        { "bob start_on_join: ", participant => participant with { StartOnJoin = true } },
        { "bob end_on_leave: ", participant => participant with { EndOnLeave = true } },
        { "bob stints: 2 expected, found 1", participant => participant with { Stints = [participant.Stints[0]] } },
        { "bob joined: ", participant => participant with { Stints = [participant.Stints[0], participant.Stints[1] with { JoinedAt = null }] } },
        {
            "bob left: ",
            participant => participant with
            {
                Stints = [participant.Stints[0] with { LeftAt = participant.Stints[0].LeftAt!.Value.AddMicroseconds(1) }, participant.Stints[1]],
            }
        },
    };

    [Theory]
    [MemberData(nameof(WrongParticipants))]
    public void A_participant_who_differs_is_told(string difference, Func<Participant, Participant> change)
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Participants = [.. state.Participants.Select(participant => participant.CallId == "bob" ? change(participant) : participant)],
        });

        Assert.Contains(difference, Wrong(comparison, "Participants").Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_participant_who_is_missing_or_was_never_there_or_is_there_twice_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Participants = [state.Participants[0], state.Participants[0], state.Participants[0] with { CallId = "cleo" }],
        });

        Assert.Equal("ann is there twice\nbob is missing\ncleo was never there", Wrong(comparison, "Participants").Found);
    }

    [Fact]
    public void A_recording_that_is_not_archived_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Recordings = [state.Recordings[0] with { Status = RecordingStatus.Failed, Error = "gone" }],
        });

        Assert.Equal("failed after 1 attempts: gone", Wrong(comparison, "Recording").Found);
        Assert.EndsWith("; 0 of 1 recording archived", comparison.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_with_other_audio_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Recordings = [state.Recordings[0] with { Sha256 = new string('0', 64), Size = 1 }],
        });

        Assert.Contains("SHA-256", Wrong(comparison, "Recording").Found, StringComparison.Ordinal);
        Assert.EndsWith("; 1 recording archived, SHA-256 differs", comparison.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_whose_audio_is_not_what_its_row_says_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            AudioHashes = new Dictionary<string, string> { [state.Recordings[0].RecordingId] = new string('0', 64) },
        });

        Assert.Contains("SHA-256 of the audio that it hands out", Wrong(comparison, "Recording").Found, StringComparison.Ordinal);
        Assert.EndsWith("; 1 recording archived, SHA-256 differs", comparison.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_that_is_there_twice_or_was_never_made_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with
        {
            Recordings = [state.Recordings[0], state.Recordings[0], state.Recordings[0] with { RecordingId = "other" }],
        });

        Assert.Equal(
            [true, false],
            comparison.Rows.Where(row => row is { What: "Recording", Verdict: Verdict.Wrong }).Select(row => row.Found.Contains("2 times", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_recording_that_the_backend_does_not_know_is_told()
    {
        BackendComparison comparison = Compare(Recorded, state => state with { Recordings = [] });

        Assert.Equal("the backend does not know of it", Wrong(comparison, "Recording").Found);
    }

    [Fact]
    public void A_backend_that_knows_nothing_has_lost_everything()
    {
        BackendComparison comparison = Compare(Recorded, _ => BackendState.Unknown);

        Assert.StartsWith("15 callbacks acknowledged, 0 applied, 15 lost, 0 doubled; 0 of 1 recording archived", comparison.Summary, StringComparison.Ordinal);
        Assert.Equal("there is no such conference", Wrong(comparison, "Conference").Found);
        Assert.True(comparison.MayChange);
    }

    [Fact]
    public void A_backend_that_cannot_be_asked_is_told()
    {
        BackendComparison comparison = Compare(Recorded, _ => BackendState.Unknown with { Fault = "the API answers with status 500" });

        Assert.Equal("the API answers with status 500", Wrong(comparison, "API").Found);
    }

    [Fact]
    public void A_callback_that_was_never_acknowledged_is_wrong_and_stays_so()
    {
        List<LedgerEntry> entries = Entries(Recorded, out SinkProbe sink);
        entries[3].Acknowledged = false;
        entries[3].Attempts = 3;
        entries[3].Refusal = "status 503";
        SimulatedCallback[] kept = [.. sink.Posted.Where((_, i) => i != 3)];

        var comparison = BackendComparison.Of(entries, _ => FakeBackend.After(kept, _ => Audio), _ => Audio);

        Assert.Contains("status 503, 3 times", Wrong(comparison, "Callbacks acknowledged").Found, StringComparison.Ordinal);
        Assert.False(comparison.IsRight);
        Assert.False(comparison.MayChange);
        Assert.Equal(14, comparison.Log.Acknowledged);
    }

    [Fact]
    public void A_callback_that_was_stored_though_never_acknowledged_is_not_unexpected()
    {
        List<LedgerEntry> entries = Entries(Recorded, out SinkProbe sink);
        entries[3].Acknowledged = false;

        var comparison = BackendComparison.Of(entries, _ => FakeBackend.After(sink.Posted, _ => Audio), _ => Audio);

        Assert.Equal((14, 14, 0, 0), (comparison.Log.Acknowledged, comparison.Log.Applied, comparison.Log.Lost, comparison.Log.Unexpected));
    }

    [Fact]
    public void Callbacks_to_somebody_else_are_not_compared()
    {
        List<LedgerEntry> entries = Entries(Recorded, out SinkProbe sink, "https://backend.example");

        var comparison = BackendComparison.Of(entries, _ => BackendState.Unknown, _ => Audio);

        ComparisonRow row = Assert.Single(comparison.Rows);
        Assert.Equal(("Callbacks to example.com", "the backend isn't told", Verdict.NotCompared), (row.What, row.Expected, row.Verdict));
        Assert.Equal(sink.Posted.Count, entries.Count);
        Assert.Equal("0 callbacks acknowledged, 0 applied, 0 lost, 0 doubled; no recording", comparison.Summary);
        Assert.True(comparison.IsRight);
    }

    private static ComparisonRow Wrong(BackendComparison comparison, string what)
    {
        Assert.False(comparison.IsRight);
        return Assert.Single(comparison.Rows, row => row.What == what && row.Verdict == Verdict.Wrong);
    }

    private static BackendComparison Compare(JoinConference join, Func<BackendState, BackendState> change)
    {
        List<LedgerEntry> entries = Entries(join, out SinkProbe sink);
        return BackendComparison.Of(entries, _ => change(FakeBackend.After(sink.Posted, _ => Audio)), id => id == FakeRecorder.Id ? Audio : null);
    }

    // Bob comes and goes twice; everything is acknowledged.
    private static List<LedgerEntry> Entries(JoinConference join, out SinkProbe sink, string backend = "https://example.com")
    {
        var room = new Room(join);
        room.Join("ann", join);
        room.Join("bob", join);
        room.Conference.Mute("bob", true, room.Now);
        room.Conference.Mute("bob", false, room.Now);
        room.Leave("bob");
        room.Join("bob", join);
        room.Conference.PauseRecording(room.Now);
        room.Conference.ResumeRecording(room.Now);
        room.Conference.Modify("bob", room.Now);
        room.Leave("bob");
        room.Leave("ann");
        sink = room.Sink;
        var ledger = new Ledger(backend);
        foreach (SimulatedCallback callback in room.Sink.Posted)
        {
            ledger.Note(ledger.Add(callback), new SignalWireAnswer(204, [], TimeSpan.Zero, null), isLast: false);
        }

        return [.. ledger.Entries];
    }
}

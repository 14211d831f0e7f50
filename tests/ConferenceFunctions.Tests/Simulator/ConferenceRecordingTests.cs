using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Tests.Simulator;

public class ConferenceRecordingTests
{
    private static readonly JoinConference Recorded = Room.Everything with { Record = RecordMode.RecordFromStart };

    [Fact]
    public void A_conference_that_is_recorded_from_its_start_is_announced_at_its_end()
    {
        var room = new Room(Recorded);
        room.Join("ann", Recorded);
        room.Conference.Leave("ann", Room.Start + 10_500_000);

        Assert.Equal(
            ["conference-start", "participant-join", "record-start", "participant-leave", "record-stop", "conference-end"], room.Sink.Statuses);
        foreach (string status in (string[])["record-stop", "conference-end"])
        {
            Assert.Equal(FakeRecorder.Url, SimulatedConferenceTests.Param(room.Sink.Last(status), "recording_url"));
            Assert.Equal("9", SimulatedConferenceTests.Param(room.Sink.Last(status), "recording_duration"));
            Assert.Equal("144000", SimulatedConferenceTests.Param(room.Sink.Last(status), "recording_file_size"));
        }
    }

    [Fact]
    public void Pauses_are_told_and_not_recorded()
    {
        var room = new Room(Recorded);
        room.Join("ann", Recorded);
        room.Conference.PauseRecording(Room.Start + 11_000_000);
        room.Conference.PauseRecording(Room.Start + 12_000_000);
        room.Conference.ResumeRecording(Room.Start + 21_000_000);
        room.Conference.ResumeRecording(Room.Start + 22_000_000);
        room.Conference.Leave("ann", Room.Start + 31_000_000);

        Assert.Equal(["record-start", "record-pause", "record-resume", "record-stop"], room.Sink.Statuses.Where(status => status.StartsWith("record-", StringComparison.Ordinal)));
        Assert.Equal(20, room.Recorder.Recorded!.Value.TotalSeconds, 0.001);
    }

    [Fact]
    public void A_recording_that_ends_while_paused_has_what_was_recorded_before()
    {
        var room = new Room(Recorded);
        room.Join("ann", Recorded);
        room.Conference.PauseRecording(Room.Start + 11_000_000);
        room.Conference.Leave("ann", Room.Start + 31_000_000);

        Assert.Equal(10, room.Recorder.Recorded!.Value.TotalSeconds, 0.001);
    }

    [Fact]
    public void A_recording_that_is_too_short_is_absent()
    {
        var room = new Room(Recorded with { RecordingStatusCallbackEvent = ["absent"] });
        room.Conference.Join(Room.Call("ann"), Recorded, Room.Start);
        room.Conference.Leave("ann", Room.Start + 1000);

        Assert.Equal(["conference-start", "participant-join", "participant-leave", "record-stop", "conference-end"], room.Sink.Statuses);
        Assert.Equal("", SimulatedConferenceTests.Param(room.Sink.Last("record-stop"), "recording_url"));
        Assert.Equal("", SimulatedConferenceTests.Param(room.Sink.Last("conference-end"), "recording_url"));
    }

    [Fact]
    public void A_conference_that_nobody_wants_recorded_is_not()
    {
        var room = new Room();
        room.Join("ann");
        room.Leave("ann");

        Assert.DoesNotContain("record-start", room.Sink.Statuses);
        Assert.Null(room.Recorder.Recorded);
    }

    [Fact]
    public void A_recorder_that_always_records_does_so_though_no_document_asks_for_it()
    {
        var room = new Room(recorder: new FakeRecorder { RecordsAlways = true });

        room.Join("ann");

        Assert.Contains("record-start", room.Sink.Statuses);
    }

    [Fact]
    public void Nothing_is_recorded_where_it_cannot_be()
    {
        var room = new Room(Recorded, new FakeRecorder { Able = false });
        room.Join("ann", Recorded);
        room.Leave("ann");

        Assert.Equal(["conference-start", "participant-join", "participant-leave", "conference-end"], room.Sink.Statuses);
    }

    [Fact]
    public void Recording_begins_when_the_first_who_wants_it_is_in()
    {
        var room = new Room();
        room.Join("ann");
        Assert.DoesNotContain("record-start", room.Sink.Statuses);

        room.Join("bob", Recorded);
        room.Join("cleo", Recorded);

        Assert.Single(room.Sink.Statuses, "record-start");
    }
}

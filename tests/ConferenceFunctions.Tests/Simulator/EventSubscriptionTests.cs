using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Tests.Simulator;

public class EventSubscriptionTests
{
    [Theory]
    [InlineData("start", "conference-start")]
    [InlineData("end", "conference-end")]
    [InlineData("join", "participant-join")]
    [InlineData("leave", "participant-leave")]
    [InlineData("mute", "participant-mute participant-unmute")]
    [InlineData("hold", "participant-hold participant-unhold")]
    [InlineData("modify", "participant-modify")]
    [InlineData("speaker", "participant-speech-start participant-speech-stop")]
    public void Only_events_in_the_list_are_posted(string word, string statuses)
    {
        var room = new Room(Room.Everything with { StatusCallbackEvent = [word], RecordingStatusCallbackEvent = [] });

        Play(room);

        Assert.Equal(statuses.Split(' '), room.Sink.Statuses);
    }

    [Theory]
    [InlineData("in-progress", "record-start record-pause record-resume")]
    [InlineData("completed", "record-stop")]
    public void Only_recording_events_in_the_list_are_posted(string word, string statuses)
    {
        var room = new Room(Room.Everything with { StatusCallbackEvent = [], RecordingStatusCallbackEvent = [word] }, new FakeRecorder { RecordsAlways = true });

        Play(room);

        Assert.Equal(statuses.Split(' '), room.Sink.Statuses);
    }

    [Fact]
    public void Without_event_lists_nothing_is_posted()
    {
        var room = new Room(Room.Everything with { StatusCallbackEvent = [], RecordingStatusCallbackEvent = [] }, new FakeRecorder { RecordsAlways = true });

        Play(room);

        Assert.Empty(room.Sink.Posted);
    }

    [Fact]
    public void Without_callbacks_nothing_is_posted()
    {
        var room = new Room(Room.Everything with { StatusCallback = null, RecordingStatusCallback = null }, new FakeRecorder { RecordsAlways = true });

        Play(room);

        Assert.Empty(room.Sink.Posted);
    }

    [Fact]
    public void Conference_events_and_recording_events_go_where_each_belongs()
    {
        var room = new Room(recorder: new FakeRecorder { RecordsAlways = true });

        Play(room);

        Assert.All(room.Sink.Posted, callback => Assert.Equal(
            callback.Event.Status.StartsWith("record-", StringComparison.Ordinal) ? Room.RecordingCallback : Room.Callback, callback.Route.Url));
    }

    [Fact]
    public void The_callbacks_of_the_first_participant_win()
    {
        JoinConference other = Room.Everything with { StatusCallback = "https://other.example/", StatusCallbackEvent = ["join"] };
        var room = new Room();
        room.Join("ann");

        room.Join("bob", other);
        room.Leave("bob");

        Assert.All(room.Sink.Posted, callback => Assert.Equal(Room.Callback, callback.Route.Url));
        Assert.Contains("participant-leave", room.Sink.Statuses);
    }

    [Fact]
    public void Forms_do_not_tell_that_a_recording_pauses()
    {
        var room = new Room(Room.Everything with { RecordingStatusCallbackEventType = CallbackEventType.Cxml }, new FakeRecorder { RecordsAlways = true });

        Play(room);

        Assert.Equal(["record-start", "record-stop"], room.Sink.Posted.Where(callback => callback.Route.Kind == CallbackKind.Recording).Select(callback => callback.Event.Status));
    }

    private static void Play(Room room)
    {
        room.Join("ann");
        room.Conference.Speak("ann", true, room.Now);
        room.Conference.Speak("ann", false, room.Now);
        room.Conference.Mute("ann", true, room.Now);
        room.Conference.Mute("ann", false, room.Now);
        room.Conference.Hold("ann", true, room.Now);
        room.Conference.Hold("ann", false, room.Now);
        room.Conference.Modify("ann", room.Now);
        room.Conference.PauseRecording(room.Now);
        room.Conference.ResumeRecording(room.Now);
        room.Leave("ann");
    }
}

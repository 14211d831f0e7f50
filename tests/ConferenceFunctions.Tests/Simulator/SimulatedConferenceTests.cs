using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

public class SimulatedConferenceTests
{
    private static readonly JoinConference Waiter = Room.Everything with { StartOnEnter = false, WaitUrl = "https://example.com/wait" };

    [Fact]
    public void A_conference_starts_with_its_first_participant_and_ends_with_its_last()
    {
        var room = new Room();

        Assert.Equal(JoinOutcome.Joined, room.Join("ann"));
        room.Leave("ann");

        Assert.Equal(["conference-start", "participant-join", "participant-leave", "conference-end"], room.Sink.Statuses);
        Assert.Equal("last-participant-left", Param(room.Sink.Last("conference-end"), "reason_ended"));
        Assert.Equal("ann", Param(room.Sink.Last("conference-end"), "call_id_ending_conf"));
        Assert.Equal([("ann", JoinResult.Completed)], room.Sink.Finished);
        Assert.True(room.Conference.Ended);
    }

    [Fact]
    public void A_participant_who_joins_muted_is_muted()
    {
        var room = new Room();

        room.Join("ann", Room.Everything with { Muted = true });

        Assert.Equal("true", Param(room.Sink.Last("participant-join"), "muted"));
    }

    [Fact]
    public void Who_does_not_start_the_conference_waits_for_somebody_who_does()
    {
        var room = new Room(Waiter);

        Assert.Equal(JoinOutcome.Waiting, room.Join("bob", Waiter));

        Assert.Empty(room.Sink.Posted);
        Assert.Equal([("bob", "https://example.com/wait")], room.Sink.Waiting);
        Assert.False(room.Conference.Started);
    }

    [Fact]
    public void With_the_first_who_starts_the_conference_those_who_wait_are_in()
    {
        var room = new Room(Waiter);
        room.Join("bob", Waiter);

        Assert.Equal(JoinOutcome.Joined, room.Join("ann"));

        Assert.Equal(["conference-start", "participant-join", "participant-join"], room.Sink.Statuses);
        Assert.Equal(["ann", "ann", "bob"], room.Sink.Posted.Select(callback => Param(callback.Event, "call_id")));
        Assert.Equal(["1", "1", "2"], room.Sink.Posted.Select(callback => Param(callback.Event, "size")));
    }

    [Fact]
    public void Who_does_not_start_the_conference_does_not_wait_once_it_has_started()
    {
        var room = new Room();
        room.Join("ann");

        Assert.Equal(JoinOutcome.Joined, room.Join("bob", Waiter));
        Assert.Empty(room.Sink.Waiting);
    }

    [Fact]
    public void When_a_participant_with_end_on_exit_leaves_everybody_leaves_and_the_conference_ends()
    {
        var room = new Room();
        room.Join("ann", Room.Everything with { EndOnExit = true });
        room.Join("bob");

        room.Leave("ann");

        Assert.Equal(["participant-leave", "participant-leave", "conference-end"], room.Sink.Statuses.TakeLast(3));
        Assert.Equal(["1", "0", "0"], room.Sink.Posted.TakeLast(3).Select(callback => Param(callback.Event, "size")));
        Assert.Equal("participant-with-end-conference-on-exit-left", Param(room.Sink.Last("conference-end"), "reason_ended"));
        Assert.Equal("ann", Param(room.Sink.Last("conference-end"), "call_id_ending_conf"));
        Assert.Equal([("ann", JoinResult.Completed), ("bob", JoinResult.Completed)], room.Sink.Finished);
    }

    [Fact]
    public void The_conference_goes_on_when_a_participant_without_end_on_exit_leaves()
    {
        var room = new Room();
        room.Join("ann");
        room.Join("bob");

        room.Leave("bob");

        Assert.False(room.Conference.Ended);
        Assert.DoesNotContain("conference-end", room.Sink.Statuses);
    }

    [Fact]
    public void A_participant_who_would_exceed_max_participants_fails_to_join()
    {
        var room = new Room(Room.Everything with { MaxParticipants = 2 });
        room.Join("ann");
        room.Join("bob");

        Assert.Equal(JoinOutcome.Failed, room.Join("cleo"));
        Assert.DoesNotContain("cleo", room.Sink.Posted.Select(callback => Param(callback.Event, "call_id")));
    }

    [Fact]
    public void Those_who_wait_count_for_max_participants()
    {
        var room = new Room(Waiter with { MaxParticipants = 2 });
        room.Join("ann", Waiter);
        room.Join("bob", Waiter);

        Assert.Equal(JoinOutcome.Failed, room.Join("cleo"));
    }

    [Fact]
    public void A_coach_joins_whom_they_coach()
    {
        var room = new Room();
        room.Join("ann");

        Assert.Equal(JoinOutcome.Joined, room.Join("bob", Room.Everything with { Coach = "ann" }));
        Assert.Equal("true", Param(room.Sink.Last("participant-join"), "coaching"));
    }

    [Fact]
    public void A_coach_of_somebody_who_is_not_in_the_conference_fails_to_join()
    {
        var room = new Room();
        room.Join("ann");

        Assert.Equal(JoinOutcome.Failed, room.Join("bob", Room.Everything with { Coach = "cleo" }));
    }

    [Fact]
    public void A_coach_of_somebody_who_still_waits_fails_to_join()
    {
        var room = new Room(Waiter);
        room.Join("ann", Waiter);

        Assert.Equal(JoinOutcome.Failed, room.Join("bob", Room.Everything with { Coach = "ann" }));
    }

    [Fact]
    public void A_call_cannot_join_twice_at_a_time()
    {
        var room = new Room();
        room.Join("ann");

        Assert.Equal(JoinOutcome.Failed, room.Join("ann"));
    }

    [Fact]
    public void A_call_that_left_may_come_back()
    {
        var room = new Room();
        room.Join("ann");
        room.Join("bob");

        room.Leave("bob");

        Assert.Equal(JoinOutcome.Joined, room.Join("bob"));
        Assert.Equal(2, room.Sink.Posted.Count(callback =>
            callback.Event.Status == ConferenceStatus.ParticipantJoin && Param(callback.Event, "call_id") == "bob"));
    }

    [Fact]
    public void Nobody_joins_a_conference_that_has_ended()
    {
        var room = new Room();
        room.Join("ann");
        room.Leave("ann");

        Assert.Equal(JoinOutcome.Failed, room.Join("bob"));
    }

    [Fact]
    public void Who_hangs_up_while_waiting_has_canceled()
    {
        var room = new Room(Waiter);
        room.Join("bob", Waiter);

        room.Leave("bob");

        Assert.Equal([("bob", JoinResult.Canceled)], room.Sink.Finished);
        Assert.Empty(room.Sink.Posted);
    }

    [Fact]
    public void Who_waits_for_a_start_that_never_comes_gets_no_answer()
    {
        var room = new Room(Waiter);
        room.Join("bob", Waiter);

        room.Conference.GiveUp();

        Assert.Equal([("bob", JoinResult.NoAnswer)], room.Sink.Finished);
        Assert.True(room.Conference.Ended);
    }

    [Fact]
    public void A_conference_that_has_started_does_not_give_up()
    {
        var room = new Room();
        room.Join("ann");

        room.Conference.GiveUp();

        Assert.False(room.Conference.Ended);
    }

    [Fact]
    public void Flags_that_change_are_told_and_flags_that_do_not_are_not()
    {
        var room = new Room();
        room.Join("ann");
        room.Sink.Posted.Clear();

        room.Conference.Mute("ann", true, room.Now);
        room.Conference.Mute("ann", true, room.Now);
        room.Conference.Hold("ann", true, room.Now);
        room.Conference.Hold("ann", true, room.Now);
        room.Conference.Hold("ann", false, room.Now);
        room.Conference.Mute("ann", false, room.Now);
        room.Conference.Modify("ann", room.Now);

        Assert.Equal(
            ["participant-mute", "participant-hold", "participant-unhold", "participant-unmute", "participant-modify"], room.Sink.Statuses);
        Assert.Equal(["true", "true", "true", "false", "false"], room.Sink.Posted.Select(callback => Param(callback.Event, "muted")));
        Assert.Equal(["false", "true", "false", "false", "false"], room.Sink.Posted.Select(callback => Param(callback.Event, "hold")));
        Assert.Equal(["true", "true", "true", "true", "false"], room.Sink.Posted.Select(callback => Param(callback.Event, "start_on_join")));
    }

    [Fact]
    public void Who_is_muted_is_not_heard_to_speak()
    {
        var room = new Room();
        room.Join("ann", Room.Everything with { Muted = true });
        room.Sink.Posted.Clear();

        room.Conference.Speak("ann", true, room.Now);
        room.Conference.Mute("ann", false, room.Now);
        room.Conference.Speak("ann", true, room.Now);
        room.Conference.Speak("ann", false, room.Now);

        Assert.Equal(["participant-unmute", "participant-speech-start", "participant-speech-stop"], room.Sink.Statuses);
    }

    [Fact]
    public void Nothing_happens_to_who_is_not_in_the_conference()
    {
        var room = new Room();

        room.Conference.Mute("ann", true, room.Now);
        room.Conference.Hold("ann", true, room.Now);
        room.Conference.Speak("ann", true, room.Now);
        room.Conference.Modify("ann", room.Now);
        room.Conference.PauseRecording(room.Now);
        room.Conference.ResumeRecording(room.Now);
        room.Leave("ann");

        Assert.Empty(room.Sink.Posted);
    }

    [Fact]
    public void Times_strictly_increase_though_everything_happens_at_once()
    {
        var room = new Room(recorder: new FakeRecorder { RecordsAlways = true });
        foreach (string callId in (string[])["ann", "bob", "cleo"])
        {
            room.Conference.Join(Room.Call(callId), Room.Everything with { EndOnExit = true }, Room.Start);
        }

        room.Conference.Mute("bob", true, Room.Start - 5);
        room.Conference.Leave("ann", Room.Start);

        long[] times = [.. room.Sink.Posted.Select(callback => callback.Event.Time)];
        Assert.Equal(times.Distinct().Order(), times);
        Assert.Equal(Room.Start, times[0]);
    }

    internal static string Param(SimulatedEvent e, string name) =>
        e.Params.FirstOrDefault(field => field.Name == name)?.Value.ToString() is { } text ? text.Replace("True", "true", StringComparison.Ordinal) : "";
}

using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Who was doing what, when, and for how long together.</summary>
public class TimelineTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    [Fact]
    public async Task Every_participant_has_intervals_of_every_kind_and_their_totals()
    {
        PostedConference posted = await host.Conference("timeline").PostAsync("conference-start", 5);
        await posted.PostAsync("participant-join", 20, "b");
        await posted.PostAsync("participant-join", 10, "a", new() { ["muted"] = true, ["coaching"] = true });
        await posted.PostAsync("participant-unmute", 12.5, "a");
        await posted.PostAsync("participant-mute", 30, "a");
        await posted.PostAsync("participant-hold", 40, "a");
        await posted.PostAsync("participant-unhold", 41, "a");
        await posted.PostAsync("participant-speech-start", 13, "a");
        await posted.PostAsync("participant-speech-stop", 14.25, "a");
        await posted.PostAsync("participant-speech-start", 15, "a");
        await posted.PostAsync("participant-leave", 50, "a");
        await posted.PostAsync("participant-join", 60, "a");
        await posted.PostAsync("participant-modify", 65, "a", new() { ["coaching"] = true });
        await posted.PostAsync("conference-end", 70);

        Timeline timeline = await posted.TimelineAsync();
        ParticipantTimeline a = timeline.Participants[0];

        Assert.Equal(("timeline", TestClock.At(5), TestClock.At(70)), (timeline.ConferenceId, timeline.StartedAt, timeline.EndedAt));
        Assert.Equal(["a", "b"], timeline.Participants.Select(participant => participant.CallId));
        AssertLane(a.Present, 50, (10, 50), (60, 70));
        AssertLane(a.Muted, 22.5, (10, 12.5), (30, 50));
        AssertLane(a.Held, 1, (40, 41));
        AssertLane(a.Speaking, 36.25, (13, 14.25), (15, 50));
        AssertLane(a.Coaching, 45, (10, 50), (65, 70));
        AssertLane(timeline.Participants[1].Present, 50, (20, 70));
        AssertLane(timeline.Participants[1].Muted, 0);
    }

    [Fact]
    public async Task What_lasts_is_counted_up_to_now()
    {
        PostedConference posted = await host.Conference("lasting").PostAsync("participant-join", 3000, "a", new() { ["muted"] = true });

        ParticipantTimeline participant = Assert.Single((await posted.TimelineAsync()).Participants);

        Assert.Equal(new TimelineInterval(TestClock.At(3000), null, 600, Open: true), Assert.Single(participant.Present.Intervals));
        Assert.Equal(new TimelineInterval(TestClock.At(3000), null, 600, Open: true), Assert.Single(participant.Muted.Intervals));
        Assert.Equal(600, participant.Muted.TotalSeconds);
    }

    [Fact]
    public async Task Calls_with_odd_names_have_their_events()
    {
        const string Call = "it's/50% #1 😀_~";
        PostedConference posted = await host.Conference("odd").PostAsync("participant-join", 10, Call);
        await posted.PostAsync("participant-hold", 20, Call);
        await posted.PostAsync("participant-unhold", 25, Call);

        ParticipantTimeline participant = Assert.Single((await posted.TimelineAsync()).Participants);

        Assert.Equal(Call, participant.CallId);
        AssertLane(participant.Held, 5, (20, 25));
    }

    private static void AssertLane(TimelineLane lane, double total, params (double From, double To)[] intervals)
    {
        Assert.Equal(
            intervals.Select(interval => new TimelineInterval(TestClock.At(interval.From), TestClock.At(interval.To), interval.To - interval.From, Open: false)),
            lane.Intervals);
        Assert.Equal(total, lane.TotalSeconds);
    }
}

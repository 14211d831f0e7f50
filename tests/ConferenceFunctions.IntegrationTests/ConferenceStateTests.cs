using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What each status does to a conference.</summary>
public class ConferenceStateTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    [Fact]
    public async Task Conference_start_is_when_it_started()
    {
        PostedConference posted = await host.Conference("start").PostAsync("conference-start", 10);
        await posted.PostAsync("participant-join", 5, "a");

        Conference conference = await posted.ReadAsync();

        Assert.Equal(TestClock.At(10), conference.StartedAt);
        Assert.Equal(TestClock.At(5), conference.FirstEventAt);
        Assert.Equal("in-progress", conference.Status);
        Assert.True(conference.Live);
        Assert.Null(conference.EndedAt);
        Assert.Null(conference.DurationSeconds);
    }

    [Fact]
    public async Task Conference_end_is_when_it_ended_and_why_and_closes_what_is_open()
    {
        PostedConference posted = await host.Conference("end").PostAsync("conference-start", 10);
        await posted.PostAsync("participant-join", 12, "a");
        await posted.PostAsync("participant-hold", 15, "a");
        await posted.PostAsync("conference-end", 100.5, more: new() { ["reason_ended"] = "conference-ended-via-api", ["call_id_ending_conf"] = "b" });

        Conference conference = await posted.ReadAsync();
        Stint stint = Assert.Single((await posted.ParticipantAsync()).Stints);
        TimelineInterval held = Assert.Single(Assert.Single((await posted.TimelineAsync()).Participants).Held.Intervals);

        Assert.Equal("ended", conference.Status);
        Assert.False(conference.Live);
        Assert.Equal(TestClock.At(100.5), conference.EndedAt);
        Assert.Equal(90.5, conference.DurationSeconds);
        Assert.Equal("conference-ended-via-api", conference.ReasonEnded);
        Assert.Equal("b", conference.CallIdEndingConf);
        Assert.Equal(new Stint(TestClock.At(12), TestClock.At(100.5), 88.5, LeftInferred: false, Open: false, StintEnd.ConferenceEnded), stint);
        Assert.Equal(new TimelineInterval(TestClock.At(15), TestClock.At(100.5), 85.5, Open: false), held);
    }

    [Fact]
    public async Task A_start_that_is_heard_of_after_the_end_still_counts()
    {
        PostedConference posted = await host.Conference("late-start").PostAsync("conference-end", 100);
        await posted.ReadAsync();
        await posted.PostAsync("conference-start", 40);

        Assert.Equal(60, (await posted.ReadAsync()).DurationSeconds);
    }

    [Theory]
    [InlineData("record-start", "in-progress")]
    [InlineData("record-pause", "paused")]
    [InlineData("record-resume", "in-progress")]
    [InlineData("record-stop", "stopped")]
    public async Task Record_statuses_set_whether_it_is_being_recorded(string status, string recording)
    {
        PostedConference posted = await host.Conference($"recording-{status}").PostAsync(status, 30);
        await posted.PostAsync(status == "record-start" ? "record-stop" : "record-start", 20);

        Assert.Equal(recording, (await posted.ReadAsync()).Recording);
    }

    [Fact]
    public async Task An_unknown_status_is_kept_and_changes_nothing()
    {
        PostedConference posted = await host.Conference("unknown").PostAsync("participant-join", 10, "a", new() { ["size"] = 1, ["muted"] = false });
        Conference before = await posted.ReadAsync();
        Participant participant = await posted.ParticipantAsync();
        await posted.PostAsync("participant-levitate", 20, "a", new() { ["size"] = 9, ["muted"] = true, ["height"] = 2 });
        await posted.PostAsync("participant-levitate", 21, "b");

        Assert.Equal(before, await posted.ReadAsync());
        Assert.Equal(participant.Muted, (await posted.ParticipantAsync()).Muted);
        ConferenceLogEntry kept = (await posted.AppliedAsync())[1];
        Assert.Equal("participant-levitate", kept.Status);
        Assert.Equal(2, kept.Params.GetProperty("height").GetInt32());
    }

    [Fact]
    public async Task The_peak_size_is_the_largest_that_was_reported()
    {
        PostedConference posted = await host.Conference("peak").PostAsync("participant-join", 10, "a", new() { ["size"] = 1 });
        await posted.PostAsync("participant-leave", 30, "b", new() { ["size"] = 1 });
        await posted.PostAsync("participant-join", 20, "b", new() { ["size"] = 2 });

        Conference conference = await posted.ReadAsync();

        Assert.Equal(2, conference.PeakSize);
        Assert.Equal(1, conference.Size);
    }

    [Fact]
    public async Task Reported_size_and_stints_agree_where_no_event_was_missed()
    {
        PostedConference posted = await host.Conference("consistent").PostAsync("participant-join", 10, "a", new() { ["size"] = 1 });
        await posted.PostAsync("participant-join", 20, "b", new() { ["size"] = 2 });
        await posted.PostAsync("participant-leave", 30, "a", new() { ["size"] = 1 });

        Assert.Equal(new Consistency(true, 1, 1, TestClock.At(30)), (await posted.ReadAsync()).Consistency);
    }

    [Fact]
    public async Task Reported_size_and_stints_disagree_where_a_leave_was_missed_and_agree_once_it_comes()
    {
        PostedConference posted = await host.Conference("inconsistent").PostAsync("participant-join", 10, "a", new() { ["size"] = 1 });
        await posted.PostAsync("participant-join", 40, "b", new() { ["size"] = 1 });

        Assert.Equal(new Consistency(false, 1, 2, TestClock.At(40)), (await posted.ReadAsync()).Consistency);

        await posted.PostAsync("participant-leave", 30, "a", new() { ["size"] = 0 });
        Assert.Equal(new Consistency(true, 1, 1, TestClock.At(40)), (await posted.ReadAsync()).Consistency);
    }
}

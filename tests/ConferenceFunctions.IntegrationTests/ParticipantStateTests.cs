using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What each status does to a participant.</summary>
public class ParticipantStateTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    [Fact]
    public async Task Participant_join_opens_a_stint()
    {
        PostedConference posted = await host.Conference("join").PostAsync("participant-join", 600, "a");

        Participant participant = await posted.ParticipantAsync();

        Assert.True(participant.Present);
        Assert.Equal(TestClock.At(600), participant.JoinedAt);
        Assert.Null(participant.LeftAt);
        Assert.Equal(3000, participant.SecondsPresent);
        Assert.Equal(new Stint(TestClock.At(600), null, 3000, LeftInferred: false, Open: true, End: null), Assert.Single(participant.Stints));
    }

    [Fact]
    public async Task Participant_leave_closes_it()
    {
        PostedConference posted = await host.Conference("leave").PostAsync("participant-leave", 700.25, "a");
        await posted.PostAsync("participant-join", 600, "a");

        Participant participant = await posted.ParticipantAsync();

        Assert.False(participant.Present);
        Assert.Equal(TestClock.At(700.25), participant.LeftAt);
        Assert.Equal(new Stint(TestClock.At(600), TestClock.At(700.25), 100.25, LeftInferred: false, Open: false, StintEnd.Left), Assert.Single(participant.Stints));
    }

    [Theory]
    [InlineData("participant-mute", "muted", true)]
    [InlineData("participant-unmute", "muted", false)]
    [InlineData("participant-hold", "hold", true)]
    [InlineData("participant-unhold", "hold", false)]
    [InlineData("participant-speech-start", "speaking", true)]
    [InlineData("participant-speech-stop", "speaking", false)]
    public async Task A_status_about_a_flag_sets_it_whatever_the_event_carries(string status, string flag, bool value)
    {
        PostedConference posted = host.Conference($"flag-{status}");
        await posted.PostAsync("participant-join", 10, "a", new() { ["muted"] = !value, ["hold"] = !value });
        await posted.PostAsync(status, 20, "a", flag == "speaking" ? null : new() { [flag] = !value });
        await posted.AppliedAsync();

        JsonNode participant = (await host.JsonAsync($"{posted.Route}/participants"))["items"]![0]!;

        Assert.Equal(value, participant[flag]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("muted")]
    [InlineData("hold")]
    [InlineData("coaching")]
    [InlineData("start_on_join")]
    [InlineData("end_on_leave")]
    public async Task Participant_modify_sets_the_flags_that_it_carries(string flag)
    {
        PostedConference posted = await host.Conference($"modify-{flag}").PostAsync("participant-join", 10, "a", new() { [flag] = false, ["tag"] = "first" });
        await posted.PostAsync("participant-modify", 20, "a", new() { [flag] = true });
        await posted.AppliedAsync();

        JsonNode participant = (await host.JsonAsync($"{posted.Route}/participants"))["items"]![0]!;

        Assert.True(participant[flag]!.GetValue<bool>());
        Assert.Equal("first", participant["tag"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_latest_event_sets_a_flag_whenever_it_comes()
    {
        PostedConference posted = await host.Conference("late-flag").PostAsync("participant-mute", 30, "a");
        await posted.ParticipantAsync();
        await posted.PostAsync("participant-unmute", 20, "a");

        Assert.True((await posted.ParticipantAsync()).Muted);
    }

    [Fact]
    public async Task A_rejoin_does_not_overwrite_the_first_stay()
    {
        PostedConference posted = host.Conference("rejoin");
        foreach ((string status, double second) in new[] { ("join", 10.0), ("leave", 20.5), ("join", 100.0), ("leave", 130.0) })
        {
            await posted.PostAsync($"participant-{status}", second, "a");
        }

        Participant participant = await posted.ParticipantAsync();

        Assert.Equal([10.5, 30], participant.Stints.Select(stint => stint.Seconds!.Value));
        Assert.Equal(40.5, participant.SecondsPresent);
        Assert.Equal(TestClock.At(10), participant.JoinedAt);
        Assert.Equal(TestClock.At(130), participant.LeftAt);
    }

    [Fact]
    public async Task A_second_join_closes_the_stint_that_is_open_and_says_so()
    {
        PostedConference posted = await host.Conference("second-join").PostAsync("participant-join", 10, "a");
        await posted.PostAsync("participant-join", 50, "a");
        await posted.PostAsync("participant-leave", 60, "a");

        Assert.Equal(
            [
                new Stint(TestClock.At(10), TestClock.At(50), 40, LeftInferred: true, Open: false, StintEnd.Rejoined),
                new Stint(TestClock.At(50), TestClock.At(60), 10, LeftInferred: false, Open: false, StintEnd.Left),
            ],
            (await posted.ParticipantAsync()).Stints);
    }

    [Fact]
    public async Task A_leave_alone_gives_a_stint_whose_join_is_null()
    {
        PostedConference posted = await host.Conference("leave-alone").PostAsync("participant-leave", 50, "a");
        await posted.AppliedAsync();

        JsonObject stint = (await host.JsonAsync($"{posted.Route}/participants"))["items"]![0]!["stints"]![0]!.AsObject();

        Assert.True(stint.ContainsKey("joined_at"));
        Assert.Null(stint["joined_at"]);
        Assert.Equal("2026-01-01T00:00:50Z", stint["left_at"]!.GetValue<string>());
        Assert.Equal("left", stint["end"]!.GetValue<string>());
    }

    [Fact]
    public async Task Who_came_and_went_more_often_than_a_row_holds_is_counted_right_and_events_still_apply()
    {
        // Seeding and reading 40,000 events of one partition takes the emulator minutes.
        int stays = Seeded.Iterations(1_200, 20_000);
        await EventSeeder.SeedAsync(host.App, "busy", Enumerable.Range(1, stays).SelectMany(minute => new[]
        {
            Callback.Json("busy", "participant-join", 60 * minute, "a"), Callback.Json("busy", "participant-leave", (60 * minute) + 1.5, "a"),
        }));

        await host.ApplyAsync(Callback.Json("busy", "participant-join", 10, "a"), Callback.Json("busy", "participant-leave", 11, "a"));
        JsonNode participant = (await host.JsonAsync("conferences/busy/participants"))["items"]![0]!;

        Assert.Equal(stays + 1, participant["stints"]!.AsArray().Count);
        Assert.Equal(1 + (1.5 * stays), participant["seconds_present"]!.GetValue<double>());
        Assert.Equal("2026-01-01T00:00:10Z", participant["joined_at"]!.GetValue<string>());
        Assert.Equal(TestClock.At((60 * stays) + 1.5), participant["left_at"]!.GetValue<DateTimeOffset>());
        Assert.Null((await host.JsonAsync("conferences/busy"))["consistency"]);
    }
}

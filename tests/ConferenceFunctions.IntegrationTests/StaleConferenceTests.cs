using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Conferences whose end was missed.</summary>
public class StaleConferenceTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    private const double StaleAfter = 12 * 3600;

    [Fact]
    public async Task Without_an_event_for_long_a_conference_is_stale_until_another_one_revives_it()
    {
        host.Clock.Second = 1000;
        PostedConference posted = await host.Conference("stale").PostAsync("participant-join", 100, "a");
        await posted.PostAsync("participant-hold", 150, "a");
        await posted.PostAsync("participant-unhold", 160, "a");
        await posted.PostAsync("participant-mute", 200, "a");

        host.Clock.Second = 200 + StaleAfter;
        Assert.True((await posted.ReadAsync()).Live);
        string etag = await ETagAsync(posted.Route);

        host.Clock.Second += 1;
        Conference stale = await posted.ReadAsync();
        Participant participant = await posted.ParticipantAsync();
        ParticipantTimeline timeline = Assert.Single((await posted.TimelineAsync()).Participants);
        Assert.Equal(("stale", false), (stale.Status, stale.Live));
        Assert.Null(stale.EndedAt);
        Assert.Equal(100, stale.DurationSeconds);
        Assert.False(participant.Present);
        Assert.Equal(new Stint(TestClock.At(100), TestClock.At(200), 100, LeftInferred: false, Open: false, StintEnd.Stale), Assert.Single(participant.Stints));
        Assert.False(Assert.Single(timeline.Present.Intervals).Open);
        Assert.Equal(0, timeline.Muted.TotalSeconds);
        Assert.NotEqual(etag, await ETagAsync(posted.Route));
        Assert.DoesNotContain("stale", await IdsAsync("live=true"));
        Assert.Contains("stale", await IdsAsync("live=false"));
        Assert.DoesNotContain("stale", await IdsAsync("from=2026-01-01T01:00:00Z"));

        await posted.PostAsync("participant-unmute", 300 + StaleAfter, "a");
        Assert.Equal(("in-progress", true), ((await posted.ReadAsync()).Status, (await posted.ReadAsync()).Live));
        Assert.True((await posted.ParticipantAsync()).Present);
        Assert.Contains("stale", await IdsAsync("live=true"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(12.5)]
    [InlineData(7_000_000_000.0)]
    public async Task Where_events_tell_no_time_that_can_be_right_it_counts_when_they_were_written_down(double? timestamp)
    {
        JsonNode join = JsonNode.Parse(Callback.Json($"timeless-{timestamp}", "participant-join", 0, "a"))!;
        join["timestamp"] = timestamp;
        PostedConference posted = await host.Conference($"timeless-{timestamp}").PostAsync(join.ToJsonString());
        await posted.AppliedAsync();
        // Storage has a clock of its own.
        DateTimeOffset written = (await host.App.RowsAsync(StorageNames.ConferenceTable))
            .Single(row => row.RowKey == StorageKey.Conference && row.PartitionKey == StorageKey.Escape($"timeless-{timestamp}")).Timestamp!.Value;

        host.Clock.Second = (written - TestClock.Start).TotalSeconds + StaleAfter;
        Assert.Equal("in-progress", (await posted.ReadAsync()).Status);
        Assert.True((await posted.ParticipantAsync()).Present);
        Assert.Contains($"timeless-{timestamp}", await IdsAsync("live=true"));

        host.Clock.Second += 1;
        Assert.Equal("stale", (await posted.ReadAsync()).Status);
        Assert.False((await posted.ParticipantAsync()).Present);
        Assert.DoesNotContain($"timeless-{timestamp}", await IdsAsync("live=true"));
        Assert.DoesNotContain($"timeless-{timestamp}", await IdsAsync($"from={TestClock.At(host.Clock.Second):yyyy-MM-ddTHH:mm:ssZ}"));
    }

    [Fact]
    public async Task A_conference_that_ended_is_never_stale()
    {
        host.Clock.Second = 1000;
        PostedConference posted = await host.Conference("over").PostAsync("conference-end", 100);
        await posted.AppliedAsync();

        host.Clock.Second = 10 * StaleAfter;

        Assert.Equal("ended", (await posted.ReadAsync()).Status);
    }

    private async Task<string> ETagAsync(string route)
    {
        using HttpResponseMessage response = await host.GetAsync(route);
        return response.Headers.ETag!.Tag;
    }

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await host.App.GetAsync($"conferences?{query}", ApiJson.Default.PageConference))!.Items.Select(conference => conference.ConferenceId);
}

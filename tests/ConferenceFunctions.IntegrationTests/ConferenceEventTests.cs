using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What comes in by callbacks comes back through the API, field by field, under SignalWire's names.</summary>
public class ConferenceEventTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    private static readonly string[] OfConference = ["conference_id", "name", "size", "region", "reason_ended", "call_id_ending_conf"];

    private static readonly string[] OfParticipant =
        ["call_id", "node_id", "segment_id", "tag", "muted", "hold", "start_on_join", "end_on_leave", "coaching"];

    private static readonly string[] OfRecording = ["recording_url", "recording_file_size", "recording_duration"];

    [Fact]
    public async Task Both_examples_of_the_documentation_are_read_back()
    {
        PostedConference posted = await host.Conference(SeedEvents.ConferenceId).PostAsync(SeedEvents.ParticipantJoin);
        await posted.PostAsync(SeedEvents.ConferenceEnd);
        await posted.AppliedAsync();

        JsonNode join = JsonNode.Parse(SeedEvents.ParticipantJoin)!;
        JsonNode end = JsonNode.Parse(SeedEvents.ConferenceEnd)!;
        JsonNode conference = await host.JsonAsync(posted.Route);
        JsonArray events = (await host.JsonAsync($"{posted.Route}/events"))["items"]!.AsArray();

        AssertSame(join, events[0]!, "event_type", "event_channel", "timestamp", "project_id", "space_id", "params");
        AssertSame(end, events[1]!, "event_type", "event_channel", "timestamp", "project_id", "space_id", "params");
        AssertSame(end["params"]!, conference, OfConference.Except(["region"]));
        AssertSame(end, conference, "project_id", "space_id");
        AssertSame(join["params"]!, await SingleAsync($"{posted.Route}/participants"), OfParticipant.Except(["node_id", "segment_id", "tag"]));
        AssertSame(end["params"]!, await SingleAsync($"{posted.Route}/recordings"), OfRecording);
        Assert.Equal(3, conference["peak_size"]!.GetValue<int>());
        Assert.Equal("2021-12-20T11:33:20.456Z", conference["ended_at"]!.GetValue<string>());
    }

    [Fact]
    public async Task Every_field_of_an_event_is_read_back()
    {
        PostedConference posted = await host.Conference("conference-with-every-field").PostAsync(SeedEvents.EveryField);
        await posted.AppliedAsync();

        JsonNode sent = JsonNode.Parse(SeedEvents.EveryField)!;
        JsonNode kept = (await host.JsonAsync($"{posted.Route}/events"))["items"]![0]!;
        JsonNode conference = await host.JsonAsync(posted.Route);

        AssertSame(sent, kept, "event_type", "event_channel", "timestamp", "project_id", "space_id", "params");
        Assert.Equal("participant-join", kept["status"]!.GetValue<string>());
        Assert.Equal("2026-01-01T00:00:10.654321Z", kept["occurred_at"]!.GetValue<string>());
        AssertSame(sent, conference, "project_id", "space_id");
        AssertSame(sent["params"]!, conference, OfConference);
        AssertSame(sent["params"]!, await SingleAsync($"{posted.Route}/participants"), OfParticipant);
        AssertSame(sent["params"]!, await SingleAsync($"{posted.Route}/recordings"), OfRecording);
        // Nothing of the page is left out here.
        Assert.Equal(
            sent["params"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal),
            OfConference.Concat(OfParticipant).Concat(OfRecording).Append("status").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Events_are_in_the_order_in_which_they_happened()
    {
        PostedConference posted = await host.Conference("order").PostAsync("participant-leave", 30.000001, "a");
        await posted.PostAsync("conference-start", 9);
        await posted.PostAsync("participant-mute", 30, "a");
        await posted.PostAsync("participant-join", 10, "a");

        Assert.Equal(["conference-start", "participant-join", "participant-mute", "participant-leave"], (await posted.AppliedAsync()).Select(e => e.Status));
    }

    private async Task<JsonNode> SingleAsync(string route) => Assert.Single((await host.JsonAsync(route))["items"]!.AsArray())!;

    private static void AssertSame(JsonNode sent, JsonNode shown, params IEnumerable<string> names) => Assert.All(names, name =>
    {
        Assert.NotNull(sent[name]);
        Assert.True(JsonNode.DeepEquals(sent[name], shown[name]), $"{name}: sent {sent[name]?.ToJsonString()}, shown {shown[name]?.ToJsonString()}");
    });
}

using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>A conference of which the app hears by callbacks over HTTP, and which is read over HTTP.</summary>
public sealed class PostedConference(TestHost host, string id)
{
    private readonly HashSet<string> _posted = [];

    /// <summary>Its id, escaped for a URL.</summary>
    public string Route { get; } = "conferences/" + Uri.EscapeDataString(id);

    /// <summary>Posts an event of the conference.</summary>
    public Task<PostedConference> PostAsync(string status, double second, string? callId = null, JsonObject? more = null, string document = "room") =>
        PostAsync(Callback.Json(id, status, second, callId, more), document);

    /// <summary>Posts an event as it is.</summary>
    public async Task<PostedConference> PostAsync(string json, string document = "room")
    {
        using HttpResponseMessage response = await host.PostEventAsync(json, document);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        _posted.Add(json);
        return this;
    }

    /// <summary>The conference, once everything is applied.</summary>
    public async Task<Conference> ReadAsync()
    {
        await AppliedAsync();
        return (await host.GetAsync(Route, ApiJson.Default.Conference))!;
    }

    /// <summary>The participants, once everything is applied.</summary>
    public async Task<IReadOnlyList<Participant>> ParticipantsAsync()
    {
        await AppliedAsync();
        return (await host.GetAsync($"{Route}/participants", ApiJson.Default.PageParticipant))!.Items;
    }

    /// <summary>The only participant, once everything is applied.</summary>
    public async Task<Participant> ParticipantAsync() => Assert.Single(await ParticipantsAsync());

    /// <summary>The timeline, once everything is applied.</summary>
    public async Task<Timeline> TimelineAsync()
    {
        await AppliedAsync();
        return (await host.GetAsync($"{Route}/timeline", ApiJson.Default.Timeline))!;
    }

    /// <summary>The log, once everything is applied.</summary>
    public async Task<IReadOnlyList<ConferenceLogEntry>> AppliedAsync()
    {
        IReadOnlyList<ConferenceLogEntry> events = await TestHost.EventuallyAsync(ReadLogAsync, events => events.Count >= _posted.Count);
        Assert.Equal(_posted.Count, events.Count);
        return events;
    }

    private async Task<IReadOnlyList<ConferenceLogEntry>> ReadLogAsync() =>
        (await host.GetAsync($"{Route}/events?limit=500", ApiJson.Default.PageConferenceLogEntry))?.Items ?? [];
}

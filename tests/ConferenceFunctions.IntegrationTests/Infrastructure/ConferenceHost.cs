using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>The app for a class of tests about conferences: it is an hour past midnight of 2026-01-01, and recordings stay where they are.</summary>
public sealed class ConferenceHost(AzuriteFixture azurite) : IAsyncLifetime
{
    private TestHost? _host;

    /// <summary>The app.</summary>
    public TestHost App => _host!;

    /// <summary>Its clock.</summary>
    public TestClock Clock { get; } = new();

    /// <inheritdoc />
    public async ValueTask InitializeAsync() =>
        _host = await TestHost.StartAsync(azurite, new() { ["AzureWebJobs.ArchiveRecording.Disabled"] = "true" }, time: Clock);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A conference that the app hears of.</summary>
    /// <param name="id">Its id, which no other test of the class uses.</param>
    public PostedConference Conference(string id) => new(App, id);

    /// <summary>Applies events at once, without callback and queue.</summary>
    public Task ApplyAsync(params IEnumerable<string> events) => ApplyAsync("room", events);

    /// <summary>Applies events of a document at once.</summary>
    public Task ApplyAsync(string document, IEnumerable<string> events) => Task.WhenAll(events.Select(json => Received(json, document))
        .GroupBy(received => received.Event.ConferenceId)
        .Select(group => App.Services.GetRequiredService<ConferenceApplier>().ApplyAsync(group.Key, [.. group])));

    /// <summary>Gets JSON as it is.</summary>
    public async Task<JsonNode> JsonAsync(string route)
    {
        using HttpResponseMessage response = await GetAsync(route);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Sends a GET to a route below <c>/api/</c>.</summary>
    public Task<HttpResponseMessage> GetAsync(string route) =>
        App.Client.GetAsync(new Uri($"{App.BaseUrl}/api/{route}"), TestContext.Current.CancellationToken);

    /// <summary>An event as it is received.</summary>
    public static ReceivedEvent Received(string json, string document = "room")
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes(json);
        Assert.True(CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? e, out string? fault), fault);
        return new ReceivedEvent(e, new QueuedCallback(e.Id, CallbackKind.Conference, document, TestClock.Start, body));
    }
}

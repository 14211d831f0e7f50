using System.Net;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class CallbackTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_callback_is_acknowledged_and_applied()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage response = await host.PostEventAsync(SeedEvents.ParticipantJoin);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Participant participant = Assert.Single((await TestHost.EventuallyAsync(
            () => host.GetAsync("conferences/xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/participants", ApiJson.Default.PageParticipant), page => page is not null))!.Items);
        Assert.Equal("xxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", participant.CallId);
        Assert.False(participant.Muted);
        Assert.True(participant.StartOnJoin);
        Assert.Equal(new DateTimeOffset(2021, 12, 20, 11, 33, 20, 123, TimeSpan.Zero), participant.JoinedAt);
    }

    [Fact]
    public async Task A_repeated_callback_is_in_the_log_once()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await host.PostEventAsync(Callback.Json("c1", "participant-join", 1, "a"));
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        using HttpResponseMessage last = await host.PostEventAsync(Callback.Json("c1", "participant-leave", 2, "a"));
        IReadOnlyList<ConferenceLogEntry> events = await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count >= 2);
        Assert.Equal(["participant-join", "participant-leave"], events.Select(e => e.Status));
    }

    [Theory]
    [InlineData("", HttpStatusCode.Unauthorized)]
    [InlineData("?t=AAAAAAAAAAAAAAAAAAAAAA", HttpStatusCode.Unauthorized)]
    public async Task A_callback_without_the_right_token_is_refused(string query, HttpStatusCode status)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using var content = new StringContent(SeedEvents.ParticipantJoin);

        using HttpResponseMessage response = await host.Client.PostAsync(
            new Uri("callbacks/conference/room" + query, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}

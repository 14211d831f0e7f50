using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Participants with what the fetch of the document told about their calls.</summary>
public class CallerTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Full", "+15551234567", "sip:alice@example.com")]
    [InlineData("Masked", "********4567", "sip:a***@example.com")]
    [InlineData("Off", null, null)]
    public async Task Participants_have_the_callers_number_as_far_as_the_setting_allows_and_the_role(string setting, string? from, string? to)
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["Privacy:CallerNumbers"] = setting });
        await FetchAsync(host, "call-1", "role=moderator");
        PostedConference posted = await new PostedConference(host, "c1").PostAsync("participant-join", 10, "call-1");
        await posted.PostAsync("participant-join", 11, "call-nobody-told-of");

        IReadOnlyList<Participant> participants = await TestHost.EventuallyAsync(posted.ParticipantsAsync, all => all[0].Caller is not null);

        Caller caller = Assert.IsType<Caller>(participants[0].Caller);
        Assert.Equal((from, to), (caller.From, caller.To));
        Assert.Equal(("moderator", "inbound", "phone", "room"), (caller.Role, caller.Direction, caller.Type, caller.Document));
        Assert.Null(participants[1].Caller);
        Assert.Equal(caller, (await posted.TimelineAsync()).Participants[0].Caller);
    }

    [Fact]
    public async Task Numbers_that_were_kept_are_shown_as_the_setting_allows_now()
    {
        string account = azurite.NewAccount();
        await using (TestHost before = await TestHost.StartAsync(azurite, new() { ["Privacy:CallerNumbers"] = "Full" }, account))
        {
            await FetchAsync(before, "call-1", "");
            PostedConference posted = await new PostedConference(before, "c1").PostAsync("participant-join", 10, "call-1");
            await TestHost.EventuallyAsync(posted.ParticipantsAsync, all => all[0].Caller?.From == "+15551234567");
        }

        await using TestHost after = await TestHost.StartAsync(azurite, new() { ["Privacy:CallerNumbers"] = "Masked" }, account);
        PostedConference again = await new PostedConference(after, "c1").PostAsync("participant-join", 10, "call-1");

        Assert.Equal("********4567", (await again.ParticipantAsync()).Caller!.From);
    }

    private static async Task FetchAsync(TestHost host, string callId, string query)
    {
        var call = new JsonObject
        {
            ["call_id"] = callId,
            ["direction"] = "inbound",
            ["type"] = "phone",
            ["from"] = "+15551234567",
            ["to"] = "sip:alice@example.com",
        };
        using var content = new StringContent(new JsonObject { ["call"] = call }.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.Swml("room", query)), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }
}

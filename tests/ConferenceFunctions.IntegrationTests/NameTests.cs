using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Names and ids that have every kind of character, from the callback to the answer.</summary>
public class NameTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    public static TheoryData<string> Odd =>
    [
        "it's \"quoted\"", "a/b\\c", "a%2Fb", "100%", "#1?x=y&z;w", "+1 555", "naïve 😀 日本", "under_score~tilde", "new\nline\ttab", "c", "e_1", "conferences",
        "participants", "events", "...", new string('x', 1000), string.Concat(Enumerable.Repeat("😀", 500)), "' or PartitionKey ge '",
    ];

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Work_end_to_end(string odd)
    {
        var more = new JsonObject { ["name"] = odd, ["tag"] = odd };
        PostedConference posted = await host.Conference(odd).PostAsync("participant-join", 10, odd, more);
        await posted.PostAsync("participant-leave", 20, odd, more);
        await posted.AppliedAsync();
        string name = Uri.EscapeDataString(odd);
        string prefix = Uri.EscapeDataString(odd[..Math.Max(1, odd.Length / 4 * 2)]);

        JsonNode conference = await host.JsonAsync(posted.Route);
        JsonNode participant = Assert.Single((await host.JsonAsync($"{posted.Route}/participants"))["items"]!.AsArray())!;
        JsonArray events = (await host.JsonAsync($"{posted.Route}/events"))["items"]!.AsArray();

        Assert.Equal((odd, odd), (conference["conference_id"]!.GetValue<string>(), conference["name"]!.GetValue<string>()));
        Assert.Equal((odd, odd, 10), (participant["call_id"]!.GetValue<string>(), participant["tag"]!.GetValue<string>(), participant["seconds_present"]!.GetValue<double>()));
        Assert.Equal([odd, odd], events.Select(e => e!["params"]!["call_id"]!.GetValue<string>()));
        Assert.Equal(odd, (await host.JsonAsync($"{posted.Route}/timeline"))["participants"]![0]!["call_id"]!.GetValue<string>());
        Assert.Equal([odd], await IdsAsync($"name={name}"));
        Assert.Contains(odd, await IdsAsync($"name_prefix={prefix}"));
        Assert.Contains(odd, await IdsAsync("live=true"));
        await AssertPagedAsync(posted.Route);
    }

    [Theory]
    [InlineData("/api/conferences/./steps%2Fone")]
    [InlineData("/api/x/../conferences/steps%2Fone")]
    [InlineData("/api/./conferences/steps%2fone")]
    public async Task Dots_in_a_path_lead_where_the_route_leads(string path)
    {
        await host.ApplyAsync(Callback.Json("steps/one", "conference-start", 10), Callback.Json("steps", "conference-start", 10));

        using HttpResponseMessage response = await SendAsync(path);

        Assert.Equal("steps/one", JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["conference_id"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("a%252Fslash")]
    [InlineData("a%252fslash")]
    public async Task A_slash_that_the_functions_host_escaped_again_is_one(string escaped)
    {
        await host.ApplyAsync(Callback.Json("a/slash", "conference-start", 10));

        using HttpResponseMessage passedOn = await SendAsync($"/api/conferences/{escaped}", ("x-ms-invocation-id", "1"));
        using HttpResponseMessage direct = await SendAsync($"/api/conferences/{escaped}");

        Assert.Equal(HttpStatusCode.OK, passedOn.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, direct.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(host.App.BaseUrl + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await host.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await host.JsonAsync($"conferences?{query}"))["items"]!.AsArray().Select(item => item!["conference_id"]!.GetValue<string>());

    private async Task AssertPagedAsync(string route)
    {
        string next = (await host.JsonAsync($"{route}/events?limit=1"))["next"]!.GetValue<string>();
        Assert.Equal("participant-leave", JsonNode.Parse(await host.App.Client.GetStringAsync(new Uri(next), TestContext.Current.CancellationToken))!["items"]![0]!["status"]!.GetValue<string>());
    }
}

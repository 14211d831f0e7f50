using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What the query API has in common: what it refuses and how, and versions.</summary>
public class QueryTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    [Theory]
    [InlineData("conferences?limit=0", "'limit' takes a whole number from 1 to 1000")]
    [InlineData("conferences?limit=1001", "'limit' takes a whole number from 1 to 1000")]
    [InlineData("conferences?limit=ten", "'limit' takes a whole number from 1 to 1000")]
    [InlineData("conferences?live=yes", "'live' takes true or false")]
    [InlineData("conferences?from=yesterday", "'from' takes a time as in 2026-01-31T12:00:00Z, or a day in UTC")]
    [InlineData("conferences?to=2026-02-30", "'to' takes a time as in 2026-01-31T12:00:00Z, or a day in UTC")]
    [InlineData("conferences?from=2026-02-02&to=2026-02-01", "'from' is not before 'to'")]
    [InlineData("conferences?from=2026-02-02T12:00:00Z&to=2026-02-02T12:00:00Z", "'from' is not before 'to'")]
    [InlineData("conferences?colour=red", "'colour' is unknown. There are: live, name, name_prefix, document, from, to, limit, cursor")]
    [InlineData("conferences?name=a&name=b", "'name' is there twice")]
    [InlineData("conferences?cursor=nonsense", "'cursor' is none of ours")]
    [InlineData("conferences?cursor=bGl2ZQpsJ2l2ZQ", "'cursor' is none of ours")]
    [InlineData("conferences/c1?limit=5", "'limit' is unknown. There are none here")]
    [InlineData("conferences/c1/events?limit=0", "'limit' takes a whole number from 1 to 1000")]
    [InlineData("conferences/c1/events?limit=1001", "'limit' takes a whole number from 1 to 1000")]
    [InlineData("conferences/c1/events?cursor=e_1_2", "'cursor' is none of ours")]
    [InlineData("conferences/c1/events?cursor=e_0000000000000001_%27_x_0123456789abcdef0123456789abcdef", "'cursor' is none of ours")]
    [InlineData("conferences/c1/events?cursor=e_0000000000000001_%0A_x_0123456789abcdef0123456789abcdef", "'cursor' is none of ours")]
    [InlineData("conferences/c1/participants?live=true", "'live' is unknown. There are none here")]
    public async Task A_bad_value_is_a_400_that_says_what_it_takes(string route, string detail)
    {
        using HttpResponseMessage response = await host.GetAsync(route);

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, detail);
    }

    [Theory]
    [InlineData("conferences?limit=1")]
    [InlineData("conferences?limit=1000&code=a-function-key")]
    [InlineData("conferences?live=&name=&from=")]
    [InlineData("conferences?from=2026-01-31T12:00:00.123456%2B02:00")]
    [InlineData("conferences?from=2026-01-31T12:00:00+02:00")]
    [InlineData("conferences?from=0001-01-01&to=9999-12-31")]
    [InlineData("conferences?name=x&from=0001-01-01&to=9999-12-31")]
    public async Task A_good_value_is_none(string route) => Assert.NotNull((await host.JsonAsync(route))["items"]);

    [Theory]
    [InlineData("")]
    [InlineData("/participants")]
    [InlineData("/participants.csv")]
    [InlineData("/timeline")]
    [InlineData("/events")]
    [InlineData("/recordings")]
    public async Task What_is_not_there_is_a_404_that_says_so(string rest)
    {
        using HttpResponseMessage response = await host.GetAsync("conferences/nobody" + rest);

        await AssertProblemAsync(response, HttpStatusCode.NotFound, "There is no conference of that id");
    }

    [Fact]
    public async Task A_conference_has_a_version_that_changes_with_it()
    {
        PostedConference posted = await host.Conference("versioned").PostAsync("participant-join", 10, "a", new() { ["size"] = 1 });
        await posted.AppliedAsync();
        (HttpStatusCode first, string? etag, string body) = await GetAsync(posted.Route, null);
        Assert.Equal(HttpStatusCode.OK, first);
        Assert.NotEmpty(body);

        Assert.Equal((HttpStatusCode.NotModified, etag, ""), await GetAsync(posted.Route, etag));
        Assert.Equal((HttpStatusCode.NotModified, etag, ""), await GetAsync(posted.Route, $"\"other\", {etag}"));
        Assert.Equal((HttpStatusCode.OK, etag, body), await GetAsync(posted.Route, "\"other\""));

        await posted.PostAsync("participant-mute", 20, "a");
        await posted.AppliedAsync();
        (HttpStatusCode changed, string? newer, _) = await GetAsync(posted.Route, etag);
        Assert.Equal(HttpStatusCode.OK, changed);
        Assert.NotEqual(etag, newer);
    }

    [Fact]
    public async Task A_route_takes_its_own_methods_only()
    {
        using HttpResponseMessage response = await host.App.Client.PutAsync(new Uri("conferences/c1", UriKind.Relative), null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    private async Task<(HttpStatusCode Status, string? ETag, string Body)> GetAsync(string route, string? ifNoneMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(route, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        using HttpResponseMessage response = await host.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(CacheControlHeaderValue.Parse("private, no-cache"), response.Headers.CacheControl);
        return (response.StatusCode, response.Headers.ETag?.Tag, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string detail)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((int)status, problem["status"]!.GetValue<int>());
        Assert.Contains(detail, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}

using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Documents;

namespace ConferenceFunctions.Tests.Simulator;

public class HoldMusicTests
{
    [Theory]
    [InlineData("- play: { url: 'https://example.com/a.mp3' }", true)]
    [InlineData("- play: { urls: ['silence:1', 'say:Wait'] }", true)]
    [InlineData("- cond: [ { when: \"call.type == 'phone'\", then: [ { play: { url: 'say:Wait' } } ] } ]", true)]
    [InlineData("- play: { urls: [] }", false)]
    [InlineData("- hangup\n- play: { url: 'say:Wait' }", false)]
    public void Hold_music_plays_something(string steps, bool plays) =>
        Assert.Equal(plays, HoldMusic.Plays(Documents.OfSteps(steps), Room.Call("ann")));

    [Fact]
    public async Task What_is_wrong_with_hold_music_is_told()
    {
        using var handler = new StubHandler((request, _) => request.RequestUri!.AbsolutePath switch
        {
            "/music" => StubHandler.Status(HttpStatusCode.OK, """{"version":"1.0.0","sections":{"main":[{"play":{"url":"say:Wait"}}]}}"""),
            "/silence" => StubHandler.Status(HttpStatusCode.OK, "sections: { main: [ answer ] }"),
            "/invalid" => StubHandler.Status(HttpStatusCode.OK, "<Response/>"),
            _ => StubHandler.Status(HttpStatusCode.NotFound),
        });
        using var http = new HttpClient(handler);
        var music = new HoldMusic(new DocumentFetcher(new SignalWireClient(http, null, TimeProvider.System)));
        foreach (string path in (string[])["music", "silence", "invalid", "missing"])
        {
            music.Play(Room.Call("ann"), $"https://example.com/{path}", TestContext.Current.CancellationToken);
        }

        string?[] results = await music.ResultsAsync();

        Assert.Single(results, result => result is null);
        Assert.Contains("https://example.com/silence: the document plays nothing", results);
        Assert.Contains(results, result => result?.StartsWith("https://example.com/invalid: ", StringComparison.Ordinal) == true);
        Assert.Contains(results, result => result?.StartsWith("https://example.com/missing: status 404. ", StringComparison.Ordinal) == true);
        Assert.All(handler.Requests, request => Assert.Equal(HttpMethod.Post, request.Request.Method));
    }

    [Fact]
    public async Task A_document_is_fetched_with_the_documented_body()
    {
        using var handler = new StubHandler((_, _) => StubHandler.Status(HttpStatusCode.OK, "sections: { main: [ hangup ] }"));
        using var http = new HttpClient(handler);
        var fetcher = new DocumentFetcher(new SignalWireClient(http, new RequestSigner("key"), TimeProvider.System));

        FetchedDocument fetched = await fetcher.FetchAsync("https://example.com/api/swml/team?t=abc", Documents.Variables(), TestContext.Current.CancellationToken);

        Assert.NotNull(fetched.Document);
        (HttpRequestMessage request, string body) = Assert.Single(handler.Requests);
        Assert.Equal("application/json", request.Content!.Headers.ContentType!.ToString());
        Assert.Single(request.Headers.GetValues(RequestSigner.Header));
        Assert.Single(request.Headers.GetValues(RequestSigner.Sha256Header));
        var json = (JsonObject)JsonNode.Parse(body)!;
        Assert.Equal(["call", "vars", "envs", "params"], json.Select(member => member.Key));
        Assert.Equal(
            [
                "call_id", "node_id", "segment_id", "call_state", "direction", "type", "from", "to", "from_number", "to_number", "project_id",
                "space_id", "headers", "tag",
            ],
            ((JsonObject)json["call"]!).Select(member => member.Key));
        Assert.Equal(
            ["ann", "+15555550123", "inbound", "phone"],
            ((string[])["call_id", "from", "direction", "type"]).Select(name => json["call"]![name]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_document_that_is_refused_says_why()
    {
        using var handler = new StubHandler((_, _) => StubHandler.Status(HttpStatusCode.Unauthorized, """{"title":"Unauthorized","detail":"The token is wrong."}"""));
        using var http = new HttpClient(handler);
        var fetcher = new DocumentFetcher(new SignalWireClient(http, null, TimeProvider.System));

        FetchedDocument fetched = await fetcher.FetchAsync("https://example.com/", Documents.Variables(), TestContext.Current.CancellationToken);

        Assert.False(fetched.Reached);
        Assert.Equal("status 401. The token is wrong.", fetched.Fault);
    }

    [Fact]
    public async Task A_document_with_a_fault_says_where()
    {
        using var handler = new StubHandler((_, _) => StubHandler.Status(HttpStatusCode.OK, "sections: { main: [ { join_conference: { name: team, beep: true } } ] }"));
        using var http = new HttpClient(handler);
        var fetcher = new DocumentFetcher(new SignalWireClient(http, null, TimeProvider.System));

        FetchedDocument fetched = await fetcher.FetchAsync("https://example.com/", Documents.Variables(), TestContext.Current.CancellationToken);

        Assert.True(fetched.Reached);
        Assert.Null(fetched.Document);
        Assert.StartsWith("sections.main[0].join_conference.beep", fetched.Fault, StringComparison.Ordinal);
    }
}

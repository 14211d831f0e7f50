using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using ConferenceFunctions.Tests.OpenApi;
using NJsonSchema;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Holds real answers against what <c>openapi.json</c> says of them.</summary>
public class OpenApiAnswerTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    private const string Id = "conference-with-every-field";

    [Theory]
    [InlineData("get", "conferences", "conferences?limit=1", 200)]
    [InlineData("get", "conferences", "conferences?limit=0", 400)]
    [InlineData("get", "conferences/{id}", $"conferences/{Id}", 200)]
    [InlineData("get", "conferences/{id}", "conferences/nobody", 404)]
    [InlineData("get", "conferences/{id}/participants", $"conferences/{Id}/participants", 200)]
    [InlineData("get", "conferences/{id}/participants.csv", $"conferences/{Id}/participants.csv", 200)]
    [InlineData("get", "conferences/{id}/timeline", $"conferences/{Id}/timeline", 200)]
    [InlineData("get", "conferences/{id}/timeline", "conferences/nobody/timeline", 404)]
    [InlineData("get", "conferences/{id}/events", $"conferences/{Id}/events", 200)]
    [InlineData("get", "conferences/{id}/events", $"conferences/{Id}/events?cursor=x", 400)]
    [InlineData("get", "conferences/{id}/recordings", $"conferences/{Id}/recordings", 200)]
    [InlineData("put", "documents/{name}", "documents/stored", 201)]
    [InlineData("put", "documents/{name}", "documents/faulty", 422)]
    [InlineData("get", "documents", "documents", 200)]
    [InlineData("get", "documents/{name}", "documents/stored", 200)]
    [InlineData("get", "documents/{name}", "documents/implicit?role=moderator", 200)]
    [InlineData("get", "documents/{name}", "documents/implicit?role=nobody", 400)]
    [InlineData("delete", "documents/{name}", "documents/nobody", 404)]
    [InlineData("get", "swml/{document}", "swml/room", 401)]
    [InlineData("post", "callbacks/conference/{document}", "callbacks/conference/room", 401)]
    [InlineData("get", "dead-letters", "dead-letters", 200)]
    [InlineData("get", "dead-letters", "dead-letters?reason=none", 400)]
    [InlineData("post", "dead-letters/replay", "dead-letters/replay?reason=poison", 200)]
    [InlineData("post", "dead-letters/{id}/replay", "dead-letters/nobody/replay", 404)]
    [InlineData("delete", "conferences/{id}", "conferences/nobody", 404)]
    [InlineData("get", "health", "health", 200)]
    [InlineData("get", "health/detail", "health/detail", 200)]
    [InlineData("get", "dashboard", "dashboard", 200)]
    [InlineData("get", "dashboard/{file}", "dashboard/none.js", 404)]
    [InlineData("get", "openapi.json", "openapi.json", 200)]
    public async Task Answers_are_as_described(string method, string path, string route, int status)
    {
        await HearAsync();
        JsonNode description = await host.JsonAsync("openapi.json");
        using HttpResponseMessage response = await SendAsync(method, route);
        string body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        JsonNode described = description["paths"]!["/" + path]![method]!["responses"]![$"{status}"]!;

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        // What is not stored has no version.
        bool versioned = !body.Contains("\"stored\":false", StringComparison.Ordinal);
        Assert.All((versioned ? described["headers"]?.AsObject() : null) ?? [], header => Assert.True(response.Headers.Contains(header.Key), header.Key));
        JsonNode content = described["content"]![response.Content.Headers.ContentType!.MediaType!]!;
        if (response.Content.Headers.ContentType.MediaType!.EndsWith("json", StringComparison.Ordinal))
        {
            JsonSchema schema = await OpenApiSchemaReader.ReadAsync(description, content["schema"]!);
            Assert.Empty(schema.Validate(body));
        }
    }

    /// <summary>Every operation that looks at its query says what it takes when it is given something else.</summary>
    public static TheoryData<string> Strict =>
    [
        .. from path in JsonNode.Parse(Repository.Read("src/ConferenceFunctions/OpenApi/openapi.json"))!["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Key != "head" && operation.Value!["tags"]![0]!.GetValue<string>() is "conferences" or "recordings" or "dead letters"
           select $"{operation.Key} {path.Key}",
    ];

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task Parameters_are_as_described(string operation)
    {
        JsonNode description = await host.JsonAsync("openapi.json");
        (string method, string route) = (operation.Split(" /")[0], operation.Split(" /")[1]);
        IEnumerable<string> described = (description["paths"]!["/" + route]![method]!["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["in"]!.GetValue<string>() == "query").Select(parameter => parameter!["name"]!.GetValue<string>());

        using HttpResponseMessage response = await SendAsync(method, $"{route.Replace('{', 'x').Replace('}', 'x')}?unheard-of=1");
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string there = described.Any() ? $"There are: {string.Join(", ", described)}." : "There are none here.";
        Assert.Equal($"The parameter 'unheard-of' is unknown. {there}", problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_answer_that_is_not_as_described_would_be_found()
    {
        JsonNode description = await host.JsonAsync("openapi.json");
        JsonSchema schema = await OpenApiSchemaReader.ReadAsync(description, new JsonObject { ["$ref"] = "#/components/schemas/Conference" });

        Assert.NotEmpty(schema.Validate("""{"conference_id":"c1","status":"ended","live":"no"}"""));
        Assert.NotEmpty(schema.Validate("""{"conference_id":"c1","status":"ended","live":false,"colour":"red"}"""));
        Assert.NotEmpty(schema.Validate("""{"conference_id":"c1","status":"ended"}"""));
        Assert.NotEmpty(schema.Validate("""{"conference_id":"c1","status":"over","live":false}"""));
        Assert.Empty(schema.Validate("""{"conference_id":"c1","status":"ended","live":false}"""));
    }

    private Task HearAsync() => host.ApplyAsync(SeedEvents.EveryField, Callback.Json(Id, "participant-leave", 20, "other", new() { ["size"] = 1 }));

    private async Task<HttpResponseMessage> SendAsync(string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri($"{host.App.BaseUrl}/api/{route}"));
        if (method is "put" or "post")
        {
            string fault = route.Contains("faulty", StringComparison.Ordinal) ? "        beep: loud\n" : "";
            request.Content = new StringContent($"version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: x\n{fault}", Encoding.UTF8, "application/yaml");
        }

        return await host.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

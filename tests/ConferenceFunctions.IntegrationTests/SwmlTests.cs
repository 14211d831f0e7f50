using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Swml;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

public class SwmlTests(AzuriteFixture azurite)
{
    private const string Stored = """
        # a comment that is kept
        sections:
          main:
            - join_conference: {name: stored, start_on_enter: false}
        """;

    [Theory]
    [InlineData(Seed.BasicJoin)]
    [InlineData(Seed.CustomSettings)]
    [InlineData(Seed.StatusCallbacks)]
    public async Task The_examples_of_the_reference_are_stored_and_served_as_json_and_as_yaml(string yaml)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage put = await PutAsync(host, "room", yaml);
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);

        using HttpResponseMessage json = await FetchAsync(host, "room");
        using HttpResponseMessage asYaml = await FetchAsync(host, "room", accept: "application/yaml");

        Assert.Equal("application/json", json.Content.Headers.ContentType?.MediaType);
        Assert.Equal("application/yaml", asYaml.Content.Headers.ContentType?.MediaType);
        JsonNode served = Parse(await json.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(served, Parse(await asYaml.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))));
        JsonNode original = Parse(Encoding.UTF8.GetBytes(yaml));
        JsonObject join = served["sections"]!["main"]![0]!["join_conference"]!.AsObject();
        foreach (string added in join.Select(property => property.Key).Except(original["sections"]!["main"]![0]!["join_conference"]!.AsObject().Select(property => property.Key)).ToArray())
        {
            Assert.Contains("callback", added, StringComparison.Ordinal);
            join.Remove(added);
        }

        Assert.True(JsonNode.DeepEquals(original, served));
    }

    [Fact]
    public async Task The_short_form_is_stored_as_it_is_and_served_with_callbacks()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage put = await PutAsync(host, "room", "sections:\n  main:\n    - join_conference: team_meeting\n");
        JsonNode details = await JsonAsync(put, HttpStatusCode.Created);
        JsonNode join = Parse(Encoding.UTF8.GetBytes(await SwmlAsync(host, "room")))["sections"]!["main"]![0]!["join_conference"]!;

        Assert.Empty(details["warnings"]!.AsArray());
        Assert.Equal("team_meeting", join["name"]!.GetValue<string>());
        Assert.Equal(host.Urls.ConferenceCallback("room"), join["status_callback"]!.GetValue<string>());
        Assert.Equal(host.Urls.RecordingCallback("room"), join["recording_status_callback"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_document_is_kept_as_its_author_wrote_it()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage created = await PutAsync(host, "room", Stored);
        using HttpResponseMessage replaced = await PutAsync(host, "room", Stored + "\n# more");
        using HttpResponseMessage got = await host.Client.GetAsync(new Uri("documents/room", UriKind.Relative), TestContext.Current.CancellationToken);
        JsonNode details = await JsonAsync(got);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (created.StatusCode, replaced.StatusCode));
        Assert.Equal(Stored + "\n# more", details["text"]!.GetValue<string>());
        Assert.Equal("application/yaml", details["content_type"]!.GetValue<string>());
        Assert.True(details["stored"]!.GetValue<bool>());
        Assert.Equal(host.Urls.Swml("room"), details["swml_url"]!.GetValue<string>());
        Assert.Equal(replaced.Headers.ETag, got.Headers.ETag);
        Assert.NotEqual(created.Headers.ETag, got.Headers.ETag);
        JsonNode list = await JsonAsync(await host.Client.GetAsync(new Uri("documents", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal("room", Assert.Single(list["items"]!.AsArray())!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_document_that_is_not_stored_has_a_url_to_paste_all_the_same()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        JsonNode details = await JsonAsync(await host.Client.GetAsync(new Uri("documents/room?role=moderator&code=secret", UriKind.Relative), TestContext.Current.CancellationToken));
        using HttpResponseMessage wrong = await host.Client.GetAsync(new Uri("documents/room?role=modrator", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.False(details["stored"]!.GetValue<bool>());
        string url = details["swml_url"]!.GetValue<string>();
        Assert.StartsWith(host.BaseUrl + "/api/swml/room?role=moderator&t=", url, StringComparison.Ordinal);
        Assert.Contains("\"end_on_exit\":true", await host.Client.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_document_with_faults_is_not_stored_and_every_fault_is_told_with_its_place()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage response = await PutAsync(host, "room", "sections:\n  main:\n    - join_conference: {name: x, beep: loud}\n    - join_conference: {muted: 1}\n");
        JsonNode problem = await JsonAsync(response, HttpStatusCode.UnprocessableEntity);

        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            ["sections.main[0].join_conference.beep 3:40", "sections.main[1].join_conference 4:24", "sections.main[1].join_conference.muted 4:32"],
            problem["faults"]!.AsArray().Select(fault => $"{fault!["path"]} {fault["line"]}:{fault["column"]}"));
        Assert.Equal("\"loud\"", problem["faults"]![0]!["value"]!.GetValue<string>());
        Assert.False((await JsonAsync(await host.Client.GetAsync(new Uri("documents/room", UriKind.Relative), TestContext.Current.CancellationToken)))["stored"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("documents/a.b", HttpStatusCode.BadRequest)]
    [InlineData("documents/a%2Fb", HttpStatusCode.BadRequest)]
    [InlineData("documents/01234567890123456789012345678901234567890123456789012345678901234", HttpStatusCode.BadRequest)]
    public async Task Names_that_no_document_can_have_are_refused(string route, HttpStatusCode status)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using var content = new StringContent(Stored);

        using HttpResponseMessage put = await host.Client.PutAsync(new Uri(route, UriKind.Relative), content, TestContext.Current.CancellationToken);
        using HttpResponseMessage get = await host.Client.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal((status, status), (put.StatusCode, get.StatusCode));
    }

    [Theory]
    [InlineData("swml/a.b")]
    [InlineData("swml/.yaml")]
    [InlineData("swml/a%2Fwait")]
    [InlineData("swml/01234567890123456789012345678901234567890123456789012345678901234/wait")]
    [InlineData("swml/+15551234567")]
    public async Task A_fetch_by_a_name_that_no_document_can_have_is_a_404_whoever_asks_and_in_no_log(string route)
    {
        using var log = new LogCapture();
        await using TestHost host = await TestHost.StartAsync(azurite, logging: logging => logging.AddProvider(log));

        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);

        JsonNode problem = await JsonAsync(response, HttpStatusCode.NotFound);
        Assert.Contains("A document's name has", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_concurrent_changes_to_one_version_one_wins()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage created = await PutAsync(host, "room", Stored);

        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using HttpResponseMessage response = await PutAsync(host, "room", $"{Stored}\n# {i}", ifMatch: created.Headers.ETag);
            return response.StatusCode;
        }));

        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.OK));
        Assert.Equal(7, statuses.Count(status => status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task Of_concurrent_creations_one_wins()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        HttpStatusCode[] statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using HttpResponseMessage response = await PutAsync(host, "room", $"{Stored}\n# {i}", ifNoneMatch: EntityTagHeaderValue.Any);
            return response.StatusCode;
        }));

        Assert.Equal(1, statuses.Count(status => status == HttpStatusCode.Created));
        Assert.Equal(7, statuses.Count(status => status == HttpStatusCode.PreconditionFailed));
    }

    [Fact]
    public async Task A_version_that_is_known_is_not_sent_again()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage created = await PutAsync(host, "room", Stored);
        using var request = new HttpRequestMessage(HttpMethod.Get, "documents/room");
        AddConditions(request, null, created.Headers.ETag);

        using HttpResponseMessage known = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await PutAsync(host, "room", Stored + "\n# more");
        using var again = new HttpRequestMessage(HttpMethod.Get, "documents/room");
        AddConditions(again, null, created.Headers.ETag);
        using HttpResponseMessage changed = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (known.StatusCode, changed.StatusCode));
        Assert.Equal(created.Headers.ETag, known.Headers.ETag);
        Assert.Equal("", await known.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_document_to_wait_with_does_not_change_the_version_of_the_one_that_it_plays_for()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage created = await PutAsync(host, "room", Stored);

        await PutAsync(host, "room-wait", """{"sections":{"main":[{"play":{"url":"say:Please wait."}}]}}""");
        using HttpResponseMessage got = await host.Client.GetAsync(new Uri("documents/room", UriKind.Relative), TestContext.Current.CancellationToken);
        JsonNode list = await JsonAsync(await host.Client.GetAsync(new Uri("documents", UriKind.Relative), TestContext.Current.CancellationToken));
        using HttpResponseMessage replaced = await PutAsync(host, "room", Stored + "\n# more", ifMatch: created.Headers.ETag);

        Assert.Equal(created.Headers.ETag, got.Headers.ETag);
        Assert.Equal(created.Headers.ETag!.Tag, list["items"]![0]!["etag"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Contains(host.Urls.Wait("room"), await SwmlAsync(host, "room"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_is_made_again_because_its_answer_was_lost_succeeds()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        LoseNextAnswer(proxy, HttpMethods.Put);
        using HttpResponseMessage created = await PutAsync(host, "room", Stored, ifNoneMatch: EntityTagHeaderValue.Any);
        LoseNextAnswer(proxy, HttpMethods.Put);
        using HttpResponseMessage replaced = await PutAsync(host, "room", Stored + "\n# more", ifMatch: created.Headers.ETag);
        using HttpResponseMessage byTheClient = await PutAsync(host, "room", Stored + "\n# more", ifMatch: created.Headers.ETag);
        using HttpResponseMessage other = await PutAsync(host, "room", Stored, ifMatch: created.Headers.ETag);
        LoseNextAnswer(proxy, HttpMethods.Delete);
        HttpStatusCode deleted = await DeleteAsync(host, "room", replaced.Headers.ETag!.ToString());

        Assert.True(created.IsSuccessStatusCode);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (replaced.StatusCode, byTheClient.StatusCode, other.StatusCode));
        Assert.Equal(replaced.Headers.ETag, byTheClient.Headers.ETag);
        Assert.Equal(HttpStatusCode.NoContent, deleted);
    }

    [Fact]
    public async Task Deleting_a_document_deletes_it_if_it_is_the_one_that_was_meant()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using HttpResponseMessage created = await PutAsync(host, "room", Stored);

        Assert.Equal(HttpStatusCode.PreconditionFailed, await DeleteAsync(host, "room", "\"other\""));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await DeleteAsync(host, "room", $"W/{created.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.BadRequest, await DeleteAsync(host, "room", "no etag at all"));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(host, "room", created.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(host, "room", null));
        Assert.Contains("\"name\":\"room\"", await SwmlAsync(host, "room"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_shows_at_once()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        string before = await SwmlAsync(host, "room");
        await PutAsync(host, "room", Stored);
        string stored = await SwmlAsync(host, "room");
        await PutAsync(host, "room", Stored.Replace("name: stored", "name: changed", StringComparison.Ordinal));
        string changed = await SwmlAsync(host, "room");
        await DeleteAsync(host, "room", null);
        string after = await SwmlAsync(host, "room");

        Assert.Contains("\"name\":\"room\"", before, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"stored\"", stored, StringComparison.Ordinal);
        Assert.Contains("\"name\":\"changed\"", changed, StringComparison.Ordinal);
        Assert.Equal(before, after);
    }

    [Theory]
    [InlineData("", "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/yaml", "application/yaml")]
    [InlineData("text/x-yaml", "application/yaml")]
    [InlineData("application/json;q=0.5, application/yaml;q=0.9", "application/yaml")]
    [InlineData("application/json;q=0.9, application/yaml;q=0.5", "application/json")]
    [InlineData("application/yaml, */*;q=0.1", "application/yaml")]
    [InlineData("application/yaml;q=0, */*", "application/json")]
    [InlineData("application/yaml; charset=utf-8", "application/yaml")]
    [InlineData("application/json; charset=utf-8;q=0.9, application/yaml;q=0.5", "application/json")]
    [InlineData("text/html, application/xhtml+xml", "application/json")]
    [InlineData("nonsense", "application/json")]
    public async Task Json_or_yaml_is_chosen_by_accept(string accept, string contentType)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage response = await FetchAsync(host, "room", accept: accept);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["Accept"], response.Headers.Vary);
    }

    [Fact]
    public async Task Json_or_yaml_is_chosen_by_the_suffix_too()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage response = await FetchAsync(host, "room", suffix: ".yaml", accept: "application/json");

        Assert.Equal("application/yaml", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Get_post_and_head_get_the_same_document_and_a_version_that_is_known_is_not_sent_again()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage get = await FetchAsync(host, "room");
        using HttpResponseMessage post = await FetchAsync(host, "room", HttpMethod.Post);
        using HttpResponseMessage head = await FetchAsync(host, "room", HttpMethod.Head);
        using HttpResponseMessage known = await FetchAsync(host, "room", ifNoneMatch: get.Headers.ETag);
        using HttpResponseMessage knownPost = await FetchAsync(host, "room", HttpMethod.Post, ifNoneMatch: get.Headers.ETag);
        using HttpResponseMessage put = await FetchAsync(host, "room", HttpMethod.Put);

        string body = await get.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(body, await post.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("", await head.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(body.Length, head.Content.Headers.ContentLength);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed), (known.StatusCode, knownPost.StatusCode, put.StatusCode));
        Assert.True(get.Headers.CacheControl is { Private: true, NoCache: true });
    }

    [Fact]
    public async Task A_wrong_parameter_is_a_400_that_names_it_and_what_it_takes()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        JsonNode problem = await JsonAsync(await host.Client.GetAsync(new Uri(host.Urls.Swml("room", "max_participants=1")), TestContext.Current.CancellationToken), HttpStatusCode.BadRequest);

        Assert.Equal("The parameter 'max_participants' does not take '1'. It takes a whole number from 2 to 100000.", problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Without_implicit_documents_a_name_that_is_not_stored_is_a_404()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new Dictionary<string, string?> { ["Swml:ImplicitDocuments"] = "false" });

        using HttpResponseMessage before = await FetchAsync(host, "room");
        using HttpResponseMessage toPaste = await host.Client.GetAsync(new Uri("documents/room", UriKind.Relative), TestContext.Current.CancellationToken);
        await PutAsync(host, "room", Stored);
        using HttpResponseMessage after = await FetchAsync(host, "room");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.OK), (before.StatusCode, toPaste.StatusCode, after.StatusCode));
    }

    [Theory]
    [InlineData("text/plain", "")]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "{\"call\":null}")]
    [InlineData("application/json", "{\"call\":{\"call_id\":5}}")]
    [InlineData("application/json", "{\"call\":{\"call_id\":\"\\uD800\"}}")]
    [InlineData("application/octet-stream", "\u0001\u0002")]
    [InlineData("multipart/form-data", "--x")]
    public async Task Whatever_the_body_of_a_fetch_is_the_answer_does_not_suffer(string contentType, string body)
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using var content = new StringContent(body, Encoding.UTF8, contentType);

        using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.Swml("room")), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_too_large_does_not_harm_the_answer()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        using var content = new ByteArrayContent(new byte[1_000_000]);

        using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.Swml("room")), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Full", "+15551234567", "sip:alice@example.com")]
    [InlineData("Masked", "********4567", "sip:a***@example.com")]
    [InlineData("Off", null, null)]
    public async Task Who_called_is_noted_as_far_as_privacy_allows(string privacy, string? from, string? to)
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new Dictionary<string, string?> { ["Privacy:CallerNumbers"] = privacy });
        using var content = new StringContent(
            """{"call":{"call_id":"call-1","direction":"inbound","type":"phone","from":"+15551234567","to":"sip:alice@example.com"},"vars":{}}""", Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.Swml("room", "role=moderator")), content, TestContext.Current.CancellationToken);
        CallerStore callers = host.Services.GetRequiredService<CallerStore>();
        Caller? caller = await TestHost.EventuallyAsync(() => callers.FindAsync("call-1", "room", TestContext.Current.CancellationToken), caller => caller is not null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            ("call-1", "room", from, to, "inbound", "phone", "moderator"),
            (caller!.CallId, caller.Document, caller.From, caller.To, caller.Direction, caller.Type, caller.Role));
    }

    [Fact]
    public async Task Hold_music_is_what_the_setting_says()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new Dictionary<string, string?> { ["Swml:HoldMusic"] = "https://example.com/a.mp3 silence:1" });

        string swml = await SwmlAsync(host, "room");
        string waitUrl = Parse(Encoding.UTF8.GetBytes(swml))["sections"]!["main"]![0]!["join_conference"]!["wait_url"]!.GetValue<string>();
        JsonNode byGet = await JsonAsync(await host.Client.GetAsync(new Uri(waitUrl), TestContext.Current.CancellationToken));
        JsonNode byPost = await JsonAsync(await host.Client.PostAsync(new Uri(waitUrl), null, TestContext.Current.CancellationToken));

        Assert.Equal(host.Urls.Wait("room"), waitUrl);
        Assert.True(JsonNode.DeepEquals(byGet, byPost));
        string?[] urls = [.. byGet["sections"]!["main"]![0]!["play"]!["urls"]!.AsArray().Select(url => url!.GetValue<string>())];
        Assert.Equal(["https://example.com/a.mp3", "silence:1", "https://example.com/a.mp3"], urls.Take(3));
        Assert.Equal(100, urls.Length);
    }

    [Fact]
    public async Task A_stored_wait_document_counts_before_hold_music_and_comes_and_goes_with_its_blob()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        Assert.DoesNotContain("wait_url", await SwmlAsync(host, "room"), StringComparison.Ordinal);
        using HttpResponseMessage none = await host.Client.GetAsync(new Uri(host.Urls.Wait("room")), TestContext.Current.CancellationToken);

        await PutAsync(host, "room-wait", """{"sections":{"main":[{"play":{"url":"say:Please wait."}}]}}""");
        string whileImplicit = await SwmlAsync(host, "room");
        await PutAsync(host, "room", Stored);
        string whileStored = await SwmlAsync(host, "room");
        string wait = await host.Client.GetStringAsync(new Uri(host.Urls.Wait("room")), TestContext.Current.CancellationToken);
        await DeleteAsync(host, "room", null);
        string implicitAgain = await SwmlAsync(host, "room");
        await DeleteAsync(host, "room-wait", null);
        string withoutAgain = await SwmlAsync(host, "room");
        JsonNode list = await JsonAsync(await host.Client.GetAsync(new Uri("documents", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.All([whileImplicit, whileStored, implicitAgain], swml => Assert.Contains(host.Urls.Wait("room"), swml, StringComparison.Ordinal));
        Assert.Contains("Please wait.", wait, StringComparison.Ordinal);
        Assert.DoesNotContain("wait_url", withoutAgain, StringComparison.Ordinal);
        Assert.Empty(list["items"]!.AsArray());
    }

    [Fact]
    public async Task What_those_hear_who_wait_is_never_taken_for_the_document_of_the_name_with_wait()
    {
        await using TestHost host = await TestHost.StartAsync(
            azurite, new Dictionary<string, string?> { ["Auth:Swml"] = "Off", ["Swml:HoldMusic"] = "silence:2" });

        foreach (string first in new[] { "room", "lobby" })
        {
            string[] routes = [$"swml/{first}-wait", $"swml/{first}/wait"];
            foreach (string route in first == "room" ? routes : routes.Reverse())
            {
                string swml = await host.Client.GetStringAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.Equal((route, route == routes[0]), (route, swml.Contains("join_conference", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task A_document_stored_before_its_wait_document_gets_hold_music_at_its_first_answer_elsewhere()
    {
        string storage = azurite.NewAccount();
        await using (TestHost writer = await TestHost.StartAsync(azurite, storage: storage))
        {
            await PutAsync(writer, "room", Stored);
            await PutAsync(writer, "room-wait", """{"sections":{"main":[{"play":{"url":"say:Please wait."}}]}}""");
        }

        await using TestHost reader = await TestHost.StartAsync(azurite, storage: storage);
        Assert.Contains(reader.Urls.Wait("room"), await SwmlAsync(reader, "room"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_answer_costs_one_read_and_the_next_ones_none()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using (TestHost writer = await TestHost.StartAsync(azurite, storage: proxy.DirectConnectionString))
        {
            await PutAsync(writer, "room", Stored);
        }

        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        for (int i = 0; i < 5; i++)
        {
            Assert.Contains("\"name\":\"stored\"", await SwmlAsync(host, "room"), StringComparison.Ordinal);
            Assert.Contains("\"name\":\"other\"", await SwmlAsync(host, "other"), StringComparison.Ordinal);
        }

        string[] reads = [.. proxy.Requests.Where(request => request.Service == "blob" && request.Method is "GET" or "HEAD").Select(request => request.Target.Split('/', 3)[2]).Order()];
        Assert.Equal(["documents/other", "documents/room"], reads);
    }

    [Fact]
    public async Task While_storage_is_down_known_documents_are_served_and_unknown_ones_are_a_503_and_never_an_implicit_one()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        await using (TestHost writer = await TestHost.StartAsync(azurite, storage: proxy.DirectConnectionString))
        {
            await PutAsync(writer, "room", Stored);
            await PutAsync(writer, "unread", Stored);
        }

        await PutAsync(host, "just-stored", Stored);
        string room = await SwmlAsync(host, "room");
        string lobby = await SwmlAsync(host, "lobby");

        proxy.Stop();
        string roomDown = await SwmlAsync(host, "room");
        string lobbyDown = await SwmlAsync(host, "lobby");
        string justStored = await SwmlAsync(host, "just-stored");
        using HttpResponseMessage unread = await FetchAsync(host, "unread");
        using HttpResponseMessage unknown = await FetchAsync(host, "unknown");
        proxy.Resume();
        string unreadUp = await TestHost.EventuallyAsync(
            async () =>
            {
                using HttpResponseMessage again = await FetchAsync(host, "unread");
                return await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            },
            text => text.Contains("stored", StringComparison.Ordinal));

        Assert.Equal((room, lobby), (roomDown, lobbyDown));
        Assert.Contains("\"name\":\"stored\"", justStored, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (unread.StatusCode, unknown.StatusCode));
        Assert.NotNull(unread.Headers.RetryAfter);
        Assert.Contains("\"name\":\"stored\"", unreadUp, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_that_hangs_costs_a_caller_no_more_than_the_timeout()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        var hanging = new TaskCompletionSource();
        proxy.Intercept = async (service, context) =>
        {
            if (service == "blob")
            {
                await hanging.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return false;
        };

        long start = TimeProvider.System.GetTimestamp();
        using HttpResponseMessage response = await FetchAsync(host, "room");
        TimeSpan waited = TimeProvider.System.GetElapsedTime(start);
        hanging.SetResult();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        // Timers are a little coarse.
        Assert.InRange(waited, DocumentCatalog.ReadTimeout - TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5));
    }

    private static void LoseNextAnswer(FaultProxy proxy, string method)
    {
        int lost = 0;
        proxy.LosesAnswer = (service, context) => service == "blob" && context.Request.Method == method && Interlocked.Exchange(ref lost, 1) == 0;
    }

    private static async Task<HttpResponseMessage> PutAsync(
        TestHost host, string name, string text, EntityTagHeaderValue? ifMatch = null, EntityTagHeaderValue? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"documents/{name}") { Content = new StringContent(text) };
        AddConditions(request, ifMatch, ifNoneMatch);
        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> DeleteAsync(TestHost host, string name, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"documents/{name}");
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> FetchAsync(
        TestHost host, string name, HttpMethod? method = null, string suffix = "", string accept = "", EntityTagHeaderValue? ifNoneMatch = null)
    {
        string url = host.Urls.Swml(name);
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, url.Replace($"/{name}?", $"/{name}{suffix}?", StringComparison.Ordinal));
        AddConditions(request, null, ifNoneMatch);
        if (accept.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void AddConditions(HttpRequestMessage request, EntityTagHeaderValue? ifMatch, EntityTagHeaderValue? ifNoneMatch)
    {
        if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(ifMatch);
        }

        if (ifNoneMatch is not null)
        {
            request.Headers.IfNoneMatch.Add(ifNoneMatch);
        }
    }

    private static Task<string> SwmlAsync(TestHost host, string name) => host.Client.GetStringAsync(new Uri(host.Urls.Swml(name)), TestContext.Current.CancellationToken);

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.Equal(status, response.StatusCode);
        using (response)
        {
            return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        }
    }

    private static JsonNode Parse(byte[] swml) => JsonNode.Parse(SwmlText.WriteJson(SwmlText.Read(swml)))!;
}

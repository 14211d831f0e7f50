using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Lists by everything but days, and how they are paged.</summary>
public class ConferenceListTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    [Fact]
    public async Task Live_tells_what_is_in_progress_from_what_is_not()
    {
        await host.ApplyAsync("live", [.. Named("live-1", "live", 10), .. Named("live-2", "live", 20), Callback.Json("live-2", "conference-end", 30)]);

        Assert.Equal(["live-1"], await IdsAsync("live=true&document=live"));
        Assert.Equal(["live-2"], await IdsAsync("live=false&document=live"));
        Assert.Equal(["live-2", "live-1"], await IdsAsync("document=live"));
        Assert.Contains("live-1", await IdsAsync("live=true"));
        Assert.DoesNotContain("live-2", await IdsAsync("live=true"));
        Assert.Contains("live-2", await IdsAsync("live=false"));
    }

    [Fact]
    public async Task Name_is_exact()
    {
        await host.ApplyAsync([.. Named("name-1", "exact", 10), .. Named("name-2", "exact", 20), .. Named("name-3", "exactly", 15), .. Named("name-4", "Exact", 16)]);

        Assert.Equal(["name-2", "name-1"], await IdsAsync("name=exact"));
        Assert.Empty(await IdsAsync("name=exac"));
    }

    [Fact]
    public async Task Name_prefix_is_what_a_name_begins_with()
    {
        await host.ApplyAsync([.. Named("prefix-1", "prefix", 10), .. Named("prefix-2", "prefix/ä", 20), .. Named("prefix-3", "xprefix", 15)]);

        Assert.Equal(["prefix-1", "prefix-2"], (await IdsAsync("name_prefix=prefix")).Order(StringComparer.Ordinal));
        Assert.Equal(["prefix-2"], await IdsAsync("name_prefix=" + Uri.EscapeDataString("prefix/")));
    }

    [Fact]
    public async Task Filters_are_taken_together()
    {
        await host.ApplyAsync("d1", [.. Named("both-1", "both", 10), .. Named("both-2", "both", 20), Callback.Json("both-2", "conference-end", 30, more: new() { ["name"] = "both" })]);
        await host.ApplyAsync("d2", Named("both-3", "both", 20));

        Assert.Equal(["both-2", "both-1"], await IdsAsync("name=both&document=d1"));
        Assert.Equal(["both-1"], await IdsAsync("name=both&document=d1&live=true"));
        Assert.Equal(["both-3"], await IdsAsync("name_prefix=bo&document=d2&live=true&from=2026-01-01&to=2026-01-01"));
        Assert.Empty(await IdsAsync("name=both&to=2025-12-31"));
        Assert.Empty(await IdsAsync("name=both&live=false&from=2026-01-02"));
    }

    [Fact]
    public async Task A_conference_that_changes_its_name_is_found_by_the_latest_only()
    {
        await host.ApplyAsync([.. Named("renamed", "name-before", 10), .. Named("renamed", "name-after", 20)]);

        Assert.Equal(["renamed"], await IdsAsync("name=name-after"));
        Assert.Empty(await IdsAsync("name=name-before"));
    }

    [Theory]
    [InlineData("name=paged")]
    [InlineData("name_prefix=page")]
    [InlineData("document=paged")]
    [InlineData("document=paged&live=true")]
    [InlineData("document=paged&from=2025-12-31T23:00:00Z")]
    public async Task Pages_have_each_once_whatever_begins_meanwhile(string filter)
    {
        await host.ApplyAsync("paged", Enumerable.Range(1, 7).SelectMany(i => Named($"paged-{i}", "paged", 100 * i)));
        List<string> all = [];
        string? next = $"conferences?{filter}&limit=3";
        for (int page = 0; next is not null; page++)
        {
            JsonNode answer = await host.JsonAsync(next);
            Assert.InRange(answer["items"]!.AsArray().Count, 0, 3);
            all.AddRange(answer["items"]!.AsArray().Select(item => item!["conference_id"]!.GetValue<string>()));
            next = answer["next"]?.GetValue<string>().Replace($"{host.App.BaseUrl}/api/", "", StringComparison.Ordinal);
            await host.ApplyAsync("paged", Named($"{filter}-{page}", "paged", 5000 + page));
        }

        Assert.Equal(Enumerable.Range(1, 7).Reverse().Select(i => $"paged-{i}"), all.Where(id => id.StartsWith("paged-", StringComparison.Ordinal)));
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public async Task A_page_says_whether_there_is_another_one_and_leads_to_it_by_a_whole_URL()
    {
        await host.ApplyAsync("next", [.. Named("next-1", "it's ü&more", 10), .. Named("next-2", "it's ü&more", 20)]);
        string filter = "name=" + Uri.EscapeDataString("it's ü&more");

        Assert.Null((await host.JsonAsync($"conferences?{filter}&limit=2"))["next"]);
        string next = (await host.JsonAsync($"conferences?{filter}&limit=1&code=key"))["next"]!.GetValue<string>();

        Assert.StartsWith($"{host.App.BaseUrl}/api/conferences?", next, StringComparison.Ordinal);
        Assert.DoesNotContain("code=", next, StringComparison.Ordinal);
        JsonNode last = JsonNode.Parse(await host.App.Client.GetStringAsync(new Uri(next), TestContext.Current.CancellationToken))!;
        Assert.Equal("next-1", Assert.Single(last["items"]!.AsArray())!["conference_id"]!.GetValue<string>());
        Assert.Null(last["next"]);
    }

    private static IEnumerable<string> Named(string id, string name, double second) =>
        [Callback.Json(id, "conference-start", second, more: new() { ["name"] = name })];

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await host.App.GetAsync($"conferences?{query}", ApiJson.Default.PageConference))!.Items.Select(conference => conference.ConferenceId);
}

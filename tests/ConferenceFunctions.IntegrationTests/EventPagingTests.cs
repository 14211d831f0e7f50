using System.Text.RegularExpressions;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>The event log, page by page, and what that costs.</summary>
public partial class EventPagingTests(LargeConferences conferences) : IClassFixture<LargeConferences>
{
    [Theory]
    [InlineData(100, 7)]
    [InlineData(100, 100)]
    [InlineData(100, 1000)]
    [InlineData(5000, 250)]
    [InlineData(5000, 999)]
    [InlineData(5000, 1000)]
    public async Task Pages_have_each_event_once_in_order_and_every_page_is_one_bounded_request(int size, int limit)
    {
        List<int> all = [];
        string? next = $"conferences/{size}/events?limit={limit}";
        while (next is not null)
        {
            conferences.Queries.Clear();
            Page<ConferenceLogEntry> page = (await conferences.App.GetAsync(next, ApiJson.Default.PageConferenceLogEntry))!;
            (string query, int rows) = Assert.Single(conferences.Queries);

            Assert.Matches(LowerBound(), query);
            Assert.InRange(rows, 1, limit + 1);
            Assert.InRange(page.Items.Count, limit == 1000 || page.Next is null ? 1 : limit, limit);
            all.AddRange(page.Items.Select(e => e.Params.GetProperty("n").GetInt32()));
            next = page.Next?.Replace($"{conferences.App.BaseUrl}/api/", "", StringComparison.Ordinal);
        }

        Assert.Equal(Enumerable.Range(0, size), all.Order());
        Assert.Equal(all.Select(n => n / 3), all.Select(n => n / 3).Order());
    }

    [Fact]
    public async Task A_timeline_reads_keys_only_a_thousand_a_request()
    {
        conferences.Queries.Clear();
        Assert.Single((await conferences.App.GetAsync("conferences/5000/timeline", ApiJson.Default.Timeline))!.Participants);

        (string Query, int Rows)[] ofEvents = [.. conferences.Queries.Where(request => request.Query.Contains("'e_'", StringComparison.Ordinal))];
        Assert.Equal([1000, 1000, 1000, 1000, 1000], ofEvents.Select(request => request.Rows).Where(rows => rows > 0));
        Assert.All(ofEvents, request => Assert.Contains("$select=RowKey,muted,hold,coaching", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_that_come_in_between_neither_repeat_nor_hide_others()
    {
        const string Id = "growing";
        await EventSeeder.SeedAsync(conferences.App, Id, Enumerable.Range(0, 20).Select(i => Callback.Json(Id, "participant-modify", 10 * i, "a", new() { ["n"] = i })));
        var posted = new PostedConference(conferences.App, Id);
        List<int> all = [];
        string? next = $"{posted.Route}/events?limit=6";
        for (int page = 1; next is not null; page++)
        {
            Page<ConferenceLogEntry> read = (await conferences.App.GetAsync(next, ApiJson.Default.PageConferenceLogEntry))!;
            all.AddRange(read.Items.Select(e => e.Params.GetProperty("n").GetInt32()));
            next = read.Next?.Replace($"{conferences.App.BaseUrl}/api/", "", StringComparison.Ordinal);
            // One before everything, one behind.
            await EventSeeder.AddAsync(conferences.App, [
                Callback.Json(Id, "participant-modify", -page, "a", new() { ["n"] = -page }), Callback.Json(Id, "participant-modify", 1000 - page, "a", new() { ["n"] = 1000 - page })]);
        }

        Assert.Equal(Enumerable.Range(0, 20), all.Where(n => n is >= 0 and < 20));
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [GeneratedRegex("PartitionKey eq '[0-9]+' and RowKey ge '(c|e_[0-9]{16}_[^']+)' and RowKey lt '[^']+'")]
    private static partial Regex LowerBound();
}

using ConferenceFunctions.Core;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Lists by time: what was going on at some point between <c>from</c> and <c>to</c>.</summary>
public class ConferenceDayTests(ConferenceDays days) : IClassFixture<ConferenceDays>
{
    [Theory]
    [InlineData("from=2026-02-03&to=2026-02-03", "morning overnight days live")]
    [InlineData("from=2026-02-02&to=2026-02-02", "overnight days live")]
    [InlineData("from=2026-02-04&to=2026-02-04", "next days live")]
    [InlineData("from=2026-02-06&to=2026-02-09", "live")]
    [InlineData("to=2026-02-01", "days live")]
    [InlineData("to=2026-01-31", "")]
    [InlineData("from=2026-02-04", "next days live")]
    [InlineData("", "next morning overnight days live")]
    [InlineData("from=2026-02-03T10:30:00Z&to=2026-02-03T10:45:00Z", "morning days live")]
    [InlineData("from=2026-02-03T11:30:00%2B01:00&to=2026-02-03T11:45:00%2B01:00", "morning days live")]
    [InlineData("from=2026-02-03T11:00:00.000001Z&to=2026-02-03T23:00:00Z", "days live")]
    [InlineData("from=2026-02-03T02:00:00Z&to=2026-02-03T10:00:00Z", "days live")]
    [InlineData("from=2026-02-03T02:00:00Z&to=2026-02-03T10:00:00.000001Z", "morning days live")]
    [InlineData("from=2026-02-03T00:30:00Z&live=false", "next morning overnight days")]
    public async Task Those_that_overlap_are_listed_each_once_the_latest_to_start_first(string query, string expected) =>
        Assert.Equal(expected, string.Join(' ', await days.IdsAsync(query)));

    [Theory]
    [InlineData("from=2026-02-03&to=2026-02-03")]
    [InlineData("")]
    public async Task And_on_pages_as_well(string query)
    {
        List<string> all = [];
        string? next = $"conferences?{query}&limit=1";
        while (next is not null)
        {
            var page = await days.Host.App.GetAsync(next, ApiJson.Default.PageConference);
            all.AddRange(page!.Items.Select(conference => conference.ConferenceId));
            next = page.Next is null ? null : "conferences?" + page.Next.Split('?')[1];
        }

        Assert.Equal(await days.IdsAsync(query), all);
    }
}

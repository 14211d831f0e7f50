using Azure.Data.Tables;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What finds conferences, and how it stays right.</summary>
public class ConferenceIndexTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    private const double Day = 24 * 3600;

    private TableClient Index => host.App.Storage.Tables.GetTableClient(StorageNames.ConferenceIndexTable);

    [Fact]
    public async Task A_conference_is_found_by_its_days_its_name_its_document_and_as_long_as_it_is_live()
    {
        await host.ApplyAsync(Callback.Json("rows", "conference-start", Day - 10), Callback.Json("rows", "participant-join", Day + 10, "a"));
        Assert.Equal(["day", "day", "document_room", "live", "name_team~5Fmeeting"], await KindsAsync("rows"));

        await host.ApplyAsync(Callback.Json("rows", "conference-end", Day + 20));
        Assert.Equal(["day", "day", "document_room", "name_team~5Fmeeting"], await KindsAsync("rows"));
    }

    [Fact]
    public async Task Repeated_events_change_nothing_in_it()
    {
        string[] events = [Callback.Json("again", "conference-start", 10), Callback.Json("again", "conference-end", 20)];
        await host.ApplyAsync(events);
        List<TableEntity> before = await RowsAsync("again");

        await host.ApplyAsync(events);
        await OtherProcess().ApplyAsync("again", [.. events.Select(json => ConferenceHost.Received(json))]);

        Assert.Equal(before.Select(row => (row.PartitionKey, row.RowKey)), (await RowsAsync("again")).Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task After_a_crash_before_it_was_written_redelivery_heals_it()
    {
        string start = Callback.Json("crash", "conference-start", 10, more: new() { ["name"] = "crash" });
        await host.ApplyAsync(start);
        // As if the process had ended between the transaction and the index.
        foreach (TableEntity row in await RowsAsync("crash"))
        {
            await Index.DeleteEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Empty(await IdsAsync("name=crash"));
        await OtherProcess().ApplyAsync("crash", [ConferenceHost.Received(start)]);

        Assert.Equal(["crash"], await IdsAsync("name=crash"));
        Assert.Equal(["day", "document_room", "live", "name_crash"], await KindsAsync("crash"));
    }

    [Theory]
    [InlineData(-3 * Day)]
    [InlineData(-100)]
    [InlineData(100)]
    public async Task When_the_true_start_becomes_known_late_it_moves_there(double start)
    {
        string id = FormattableString.Invariant($"late{start}");
        await host.ApplyAsync(Callback.Json(id, "participant-join", 0, "a"), Callback.Json(id, "conference-end", 200));
        await host.ApplyAsync(Callback.Json(id, "conference-start", start));

        List<TableEntity> rows = await RowsAsync(id);
        string from = TestClock.At(start).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Single(rows.Select(row => row.RowKey).Distinct());
        Assert.Equal(start < 0 ? start < -Day ? 4 : 2 : 1, rows.Count(row => row.PartitionKey.StartsWith("day_", StringComparison.Ordinal)));
        Assert.Contains(id, await IdsAsync($"from={from}&to={from}"));
        Assert.Contains(id, await IdsAsync("from=2026-01-01&to=2026-01-01"));
        Assert.Equal(TestClock.At(start), (await host.App.GetAsync($"conferences/{id}", ApiJson.Default.Conference))!.StartedAt);
    }

    [Fact]
    public async Task A_hint_that_the_conference_contradicts_is_not_followed_and_goes_away()
    {
        await host.ApplyAsync(Callback.Json("hint", "conference-end", 10, more: new() { ["name"] = "hint" }));
        TableEntity right = (await RowsAsync("hint")).First(row => row.PartitionKey == "name_hint");
        await Index.AddEntityAsync(new TableEntity(IndexEntry.LivePartition, right.RowKey) { ["conference_id"] = "hint" }, TestContext.Current.CancellationToken);
        await Index.AddEntityAsync(new TableEntity("name_hint", right.RowKey + "x") { ["conference_id"] = "nobody" }, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("hint", await IdsAsync("live=true"));
        Assert.Equal(["hint"], await IdsAsync("name=hint"));
        Assert.Equal(["day", "document_room", "name_hint"], await KindsAsync("hint"));
        Assert.Empty(await RowsAsync("nobody"));
    }

    private ConferenceApplier OtherProcess() => new(host.App.Storage, host.App.Services.GetRequiredService<ConferenceTelemetry>(), host.Clock);

    private async Task<List<TableEntity>> RowsAsync(string id)
    {
        List<TableEntity> rows = [];
        await foreach (TableEntity row in Index.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"conference_id eq {id}"), cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The partitions that lead to a conference; of days only that they are.</summary>
    private async Task<IEnumerable<string>> KindsAsync(string id) => (await RowsAsync(id))
        .Select(row => row.PartitionKey.StartsWith("day_", StringComparison.Ordinal) ? "day" : row.PartitionKey).Order(StringComparer.Ordinal);

    private async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await host.App.GetAsync($"conferences?{query}", ApiJson.Default.PageConference))!.Items.Select(conference => conference.ConferenceId);
}

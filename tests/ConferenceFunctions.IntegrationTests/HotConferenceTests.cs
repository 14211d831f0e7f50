using Azure.Data.Tables;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Conferences;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Several instances that write one conference at once.</summary>
public class HotConferenceTests(ConferenceHost host) : IClassFixture<ConferenceHost>
{
    private const int Workers = 8;

    private TableClient Table => host.App.Storage.Tables.GetTableClient(StorageNames.ConferenceTable);

    [Fact]
    public async Task Eight_workers_leave_the_rows_that_the_oracle_expects_whatever_each_of_them_applies()
    {
        int conferences = Seeded.Iterations(4, 40);
        for (int i = 0; i < conferences; i++)
        {
            var random = new Random(Seeded.Seed + i);
            string id = $"hot-{i}";
            List<ReceivedEvent> events = RandomConference.Events(random, id, max: 150);
            // Everybody gets some of them, in any order and some more than once; together they have them all.
            ReceivedEvent[] repeated = [.. events, .. events.Where(_ => random.Next(2) == 0)];
            random.Shuffle(repeated);
            IEnumerable<Task> workers = repeated.Chunk((repeated.Length + Workers - 1) / Workers)
                .Select(mine => WorkAsync(id, mine, new Random(random.Next())));

            await Task.WhenAll(workers);

            List<TableEntity> entities = await EntitiesAsync(id);
            ILookup<bool, TableEntity> rows = entities.ToLookup(row => row.RowKey.StartsWith(StorageKey.EventPrefix, StringComparison.Ordinal));
            Assert.True(
                ConferenceOracle.Fold(events) == ConferenceOracle.Show(rows[false].Select(StateRow.From)), $"Failed with CF_SEED={Seeded.Seed + i}");
            Assert.Equal(events.Select(e => e.Event.Id).Order(StringComparer.Ordinal), rows[true].Select(row => row.GetString("id")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task An_erased_conference_is_not_brought_back_by_events_of_participants()
    {
        ConferenceApplier applier = NewApplier();
        ReceivedEvent join = ConferenceHost.Received(Callback.Json("erased", "participant-join", 10, "a"));
        ReceivedEvent mute = ConferenceHost.Received(Callback.Json("erased", "participant-mute", 20, "a"));
        Assert.Equal(ApplyOutcome.Applied, await applier.ApplyAsync("erased", [join]));
        await EraseAsync("erased");

        // One that still keeps the rows as they were, and one that never saw them.
        Assert.Equal(ApplyOutcome.Erased, await applier.ApplyAsync("erased", [mute, join]));
        Assert.Equal(ApplyOutcome.Erased, await NewApplier().ApplyAsync("erased", [mute]));

        Assert.Equal(StorageKey.Conference, Assert.Single(await EntitiesAsync("erased")).RowKey);
        using HttpResponseMessage response = await host.GetAsync("conferences/erased");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_batch_larger_than_a_transaction_is_split_and_whole()
    {
        ReceivedEvent[] events =
        [
            .. Enumerable.Range(0, 130).Select(i => ConferenceHost.Received(
                Callback.Json("many", "participant-join", i, $"call-{i}", new() { ["size"] = i + 1, ["padding"] = new string('x', 25_000) }))),
        ];

        Assert.Equal(ApplyOutcome.Applied, await NewApplier().ApplyAsync("many", events));

        List<TableEntity> rows = await EntitiesAsync("many");
        Assert.Equal(1 + 130 + 130, rows.Count);
        Assert.Equal(130, rows.Single(row => row.RowKey == StorageKey.Conference).GetInt32("peak_size"));
    }

    private async Task WorkAsync(string id, ReceivedEvent[] events, Random random)
    {
        ConferenceApplier applier = NewApplier();
        for (int done = 0; done < events.Length;)
        {
            int count = Math.Min(random.Next(1, 12), events.Length - done);
            Assert.Equal(ApplyOutcome.Applied, await applier.ApplyAsync(id, events[done..(done + count)]));
            done += count;
        }
    }

    private ConferenceApplier NewApplier() => new(host.App.Storage, host.App.Services.GetRequiredService<ConferenceTelemetry>(), TimeProvider.System);

    private async Task EraseAsync(string id)
    {
        foreach (TableEntity row in await EntitiesAsync(id))
        {
            await Table.DeleteEntityAsync(row, cancellationToken: TestContext.Current.CancellationToken);
        }

        await Table.AddEntityAsync(new ConferenceRow(id, ConferenceState.Empty, Erased: TestClock.Start).ToEntity(id), TestContext.Current.CancellationToken);
    }

    private async Task<List<TableEntity>> EntitiesAsync(string id)
    {
        List<TableEntity> rows = [];
        await foreach (TableEntity row in Table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {StorageKey.Escape(id)}"), cancellationToken: TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }
}

using Azure.Data.Tables;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Two processes that write the index of one conference: one behind a proxy that holds it up, one that overtakes it.</summary>
public class ConferenceIndexRaceTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("conference-start", 10, "conference-start", 5)]
    [InlineData("conference-start", 10, "conference-end", 20)]
    [InlineData("participant-modify", 100_000, "conference-start", 5)]
    public async Task A_writer_that_was_overtaken_takes_nothing_away_and_leaves_nothing_behind(string slow, double at, string fast, double then)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        ConferenceApplier first = host.Services.GetRequiredService<ConferenceApplier>();
        ConferenceApplier second = Direct(proxy, host);
        await first.ApplyAsync("c1", [Received("participant-join", 5, "a")]);

        (Task reached, TaskCompletionSource release) = Hold(proxy, context => context.Request.Path.Value!.Contains("conferenceindex", StringComparison.Ordinal));
        Task<ApplyOutcome> overtaken = first.ApplyAsync("c1", [Received(slow, at, "a", "b")]);
        await reached;
        await second.ApplyAsync("c1", [Received(fast, then, "a", "a")]);
        release.SetResult();
        await overtaken;

        await AssertIndexAsync(host, "c1");
        // What is noted of the index in the conference's row is true, too.
        await second.ApplyAsync("c1", [Received("participant-mute", 6, "a", "a")]);
        await AssertIndexAsync(host, "c1");
    }

    [Fact]
    public async Task A_name_that_comes_back_while_another_writer_drops_it_is_found()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        ConferenceApplier first = host.Services.GetRequiredService<ConferenceApplier>();
        ConferenceApplier second = Direct(proxy, host);
        await first.ApplyAsync("c1", [Received("participant-join", 10, "a", "before")]);

        (Task reached, TaskCompletionSource release) = Hold(proxy, context => HttpMethods.IsDelete(context.Request.Method));
        Task<ApplyOutcome> overtaken = first.ApplyAsync("c1", [Received("participant-mute", 20, "a", "after")]);
        await reached;
        await second.ApplyAsync("c1", [Received("participant-unmute", 30, "a", "before")]);
        release.SetResult();
        await overtaken;

        await AssertIndexAsync(host, "c1");
        Assert.Single((await host.GetAsync("conferences?name=before", ApiJson.Default.PageConference))!.Items);
    }

    [Fact]
    public async Task A_hint_that_becomes_right_while_a_reader_clears_it_away_stays()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        ConferenceApplier writer = Direct(proxy, host);
        await writer.ApplyAsync("c1", [Received("participant-join", 10, "a", "now")]);
        TableEntity row = (await host.RowsAsync(StorageNames.ConferenceIndexTable))[0];
        await host.Storage.Tables.GetTableClient(StorageNames.ConferenceIndexTable).AddEntityAsync(
            new TableEntity("name_later", row.RowKey) { ["conference_id"] = "c1" }, TestContext.Current.CancellationToken);

        (Task reached, TaskCompletionSource release) = Hold(proxy, context => HttpMethods.IsDelete(context.Request.Method));
        Task<Page<Conference>?> reading = host.GetAsync("conferences?name=later", ApiJson.Default.PageConference);
        await reached;
        await writer.ApplyAsync("c1", [Received("participant-mute", 20, "a", "later")]);
        release.SetResult();

        Assert.Empty((await reading)!.Items);
        Assert.Single((await host.GetAsync("conferences?name=later", ApiJson.Default.PageConference))!.Items);
        await AssertIndexAsync(host, "c1");
    }

    [Fact]
    public async Task An_unchanged_entry_is_written_once_whoever_writes()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, proxy.ConnectionString);
        ConferenceApplier first = host.Services.GetRequiredService<ConferenceApplier>();
        await first.ApplyAsync("c1", [Received("participant-join", 10, "a")]);
        await first.ApplyAsync("c1", [Received("participant-mute", 20, "a")]);
        proxy.Requests.Clear();

        await new ConferenceApplier(host.Storage, host.Services.GetRequiredService<ConferenceTelemetry>(), TimeProvider.System)
            .ApplyAsync("c1", [Received("participant-unmute", 30, "a")]);
        await first.ApplyAsync("c1", [Received("participant-hold", 40, "a")]);

        Assert.DoesNotContain(proxy.Requests, request => request.Target.Contains("conferenceindex", StringComparison.Ordinal));
    }

    private static ConferenceApplier Direct(FaultProxy proxy, TestHost host) => new(
        StorageAccount.Connect(new ConfigurationBuilder().AddInMemoryCollection([new(StorageNames.Connection, proxy.DirectConnectionString)]).Build()),
        host.Services.GetRequiredService<ConferenceTelemetry>(), TimeProvider.System);

    /// <summary>Holds every request of that kind until it is released, and tells when the first one came.</summary>
    private static (Task Reached, TaskCompletionSource Release) Hold(FaultProxy proxy, Func<HttpContext, bool> held)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        proxy.Intercept = async (service, context) =>
        {
            if (service == "table" && held(context))
            {
                reached.TrySetResult();
                await release.Task;
            }

            return false;
        };
        return (reached.Task, release);
    }

    private static ReceivedEvent Received(string status, double second, string call, string name = "team") =>
        ConferenceHost.Received(Callback.Json("c1", status, second, call, new() { ["name"] = name }));

    /// <summary>The index says of a conference what follows from its row, no more and no less.</summary>
    private static async Task AssertIndexAsync(TestHost host, string id)
    {
        TableEntity row = (await host.RowsAsync(StorageNames.ConferenceTable)).Single(row => row.RowKey == StorageKey.Conference);
        Assert.Equal(
            IndexEntry.Of(ConferenceEntities.ToConference(row).State)!.Positions(id).Select(position => (position.PartitionKey, position.RowKey)).Order(),
            (await host.RowsAsync(StorageNames.ConferenceIndexTable)).Select(hint => (hint.PartitionKey, hint.RowKey)).Order());
    }
}

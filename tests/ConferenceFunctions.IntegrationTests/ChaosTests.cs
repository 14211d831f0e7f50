using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Load;
using ConferenceFunctions.Simulator.Recordings;
using ConferenceFunctions.Simulator.Swml;
using ConferenceFunctions.Tests.Conferences;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>
/// Two instances on one storage account, which are killed, and whose storage is stopped, while callbacks come in duplicated and out
/// of order. 4,000 callbacks; <c>CF_LONG=1</c> makes it 20,000, <c>CF_CHAOS_CALLBACKS</c> any number.
/// </summary>
public class ChaosTests
{
    private const int Participants = 8;
    private const int MaxEvents = 200;
    private const int RecordedConferences = 5;
    private const double Duplicates = 0.05;

    private static readonly int Callbacks =
        int.TryParse(Environment.GetEnvironmentVariable("CF_CHAOS_CALLBACKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int callbacks)
            ? callbacks
            : Seeded.Iterations(4_000, 20_000);

    private static readonly int Kills = Seeded.Iterations(4, 12);
    private static readonly int Stops = Seeded.Iterations(1, 3);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Seeded.Iterations(3, 30));

    private readonly Random _random = new(Seeded.Seed);
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Ledger _ledger = new(Instances.BaseUrl);

    [Fact]
    public async Task Whatever_is_killed_or_stopped_the_log_holds_what_was_acknowledged_and_the_state_is_what_the_log_says()
    {
        await using DiskAzurite azurite = await DiskAzurite.StartAsync();
        await using RecordingServer recordings = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        Instances instances = await Instances.StartAsync(azurite.ConnectionString, count: 2);
        using var http = new HttpClient(instances);
        try
        {
            var client = new SignalWireClient(http, null, TimeProvider.System);
            var sender = new CallbackSender(client, _ledger, TimeProvider.System) { InFlight = 32 };
            IReadOnlyList<SimulatedCallback> callbacks = await PlanAsync(client, http, recordings);

            Note("started, callbacks made");
            Task sending = sender.RunAsync(TestContext.Current.CancellationToken);
            await DisturbAsync(callbacks, sender, instances, azurite);
            sender.Complete();
            await sending;
            Note("sent");
            await DrainAsync(azurite);
            Note("drained");

            await AssertRightAsync(new BackendClient(http, Instances.BaseUrl, null), azurite, recordings);
            Note("compared");
        }
        finally
        {
            await instances.EndAsync();
        }
    }

    private void Note(string what) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(_began).TotalSeconds:N1} s: {what}");

    private async Task<IReadOnlyList<SimulatedCallback>> PlanAsync(SignalWireClient client, HttpClient http, RecordingServer recordings)
    {
        string details = await http.GetStringAsync(new Uri($"{Instances.BaseUrl}/api/documents/chaos"), TestContext.Current.CancellationToken);
        FetchedDocument document = await new DocumentFetcher(client).FetchAsync(
            JsonNode.Parse(details)!["swml_url"]!.GetValue<string>(), new CallVariables(SimulatedCall.OfParticipant(0)), TestContext.Current.CancellationToken);
        Assert.Null(document.Fault);
        var plan = new LoadPlan([document], Participants, TimeProvider.System);
        List<IReadOnlyList<SimulatedCallback>> conferences = [];
        for (int total = 0; total < Callbacks; total += conferences[^1].Count)
        {
            var options = new SimulationOptions { Urls = [], Seed = Seeded.Seed, Record = conferences.Count < RecordedConferences };
            var recorder = new SimulatedRecorder(recordings, recordings.BaseUrl, options);
            conferences.Add(await plan.PlayAsync(Seeded.Seed + conferences.Count, recorder, TestContext.Current.CancellationToken));
        }

        Assert.All(conferences, conference => Assert.InRange(conference.Count, 20, MaxEvents));
        return LoadPlan.Mix(conferences, Duplicates, shuffle: true, _random);
    }

    /// <summary>Posts part after part, and at some moment of each one kills an instance or stops the storage.</summary>
    private async Task DisturbAsync(IReadOnlyList<SimulatedCallback> callbacks, CallbackSender sender, Instances instances, DiskAzurite azurite)
    {
        bool[] stops = [.. Enumerable.Range(0, Kills + Stops).Select(i => i < Stops)];
        _random.Shuffle(stops);
        Task repair = Task.CompletedTask;
        foreach ((int part, bool stop) in stops.Index())
        {
            int from = callbacks.Count * part / stops.Length;
            int to = callbacks.Count * (part + 1) / stops.Length;
            for (int i = from; i < to; i++)
            {
                sender.Post(callbacks[i]);
            }

            await SettledAsync(from + _random.Next(to - from));
            await repair;
            Note(stop ? "stopping the storage" : "killing an instance");
            repair = stop ? RestartAsync(azurite) : ReplaceAsync(instances, _random.Next(2));
        }

        await repair;
    }

    private async Task SettledAsync(int callbacks)
    {
        while (_ledger.Count.Settled < callbacks)
        {
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    private static async Task RestartAsync(DiskAzurite azurite)
    {
        await azurite.StopAsync();
        await azurite.StartAgainAsync();
    }

    private static async Task ReplaceAsync(Instances instances, int instance)
    {
        await instances.KillAsync(instance);
        await instances.ReplaceAsync(instance);
    }

    /// <summary>Waits until nothing is left to apply or to archive.</summary>
    private static async Task DrainAsync(DiskAzurite azurite)
    {
        foreach (string name in new[] { StorageNames.CallbackQueue, StorageNames.RecordingQueue })
        {
            var queue = new QueueClient(azurite.ConnectionString, name);
            long began = TimeProvider.System.GetTimestamp();
            while ((await queue.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount > 0)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"The queue '{name}' does not get empty.");
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
        }
    }

    private async Task AssertRightAsync(BackendClient backend, DiskAzurite azurite, RecordingServer recordings)
    {
        LogComparison log = LogComparison.Nothing;
        int verified = 0;
        foreach (IGrouping<string, LedgerEntry> conference in _ledger.Entries.GroupBy(entry => entry.Callback.ConferenceId))
        {
            BackendState state = await backend.ReadAsync(conference.Key, TestContext.Current.CancellationToken);
            Assert.Null(state.Fault);
            log += LogComparison.Of(conference, state.Log);
            Assert.Equal(ConferenceOracle.Fold(state.Log.Select(LoggedEvent.ToReceived)), ConferenceOracle.Show(await RowsAsync(azurite, conference.Key)));
            IEnumerable<ToldEvent> told = conference.Where(entry => entry.Acknowledged).Select(entry => new ToldEvent(entry.Callback));
            var archived = RecordingComparison.Of(told, recordings.Find, state);
            Assert.All(archived.Rows, row => Assert.True(row.Verdict == Verdict.Right, $"{row}"));
            verified += archived.Equal;
        }

        LedgerEntry[] entries = [.. _ledger.Entries];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"CF_SEED={Seeded.Seed}: {Kills} kills, {Stops} stops, {entries.Length} callbacks, {log.Acknowledged} acknowledged, " +
            $"{entries.Count(entry => entry.Attempts > 1)} retried, {log.Applied} applied, {log.Lost} lost, {log.Doubled} doubled, {log.Unexpected} unexpected, {verified} recordings");
        Assert.Equal((0, 0, 0), (log.Lost, log.Doubled, log.Unexpected));
        // Where most was refused, little was shown.
        Assert.InRange(log.Acknowledged, entries.Length * 3 / 4, entries.Length);
        Assert.InRange(verified, 1, RecordedConferences);
        Assert.Empty(await SetAsideAsync(azurite));
    }

    private static async Task<List<StateRow>> RowsAsync(DiskAzurite azurite, string conferenceId)
    {
        var table = new TableClient(azurite.ConnectionString, StorageNames.ConferenceTable);
        string partition = StorageKey.Escape(conferenceId);
        List<StateRow> rows = [];
        await foreach (TableEntity entity in table.QueryAsync<TableEntity>(row => row.PartitionKey == partition, cancellationToken: TestContext.Current.CancellationToken))
        {
            if (!entity.RowKey.StartsWith(StorageKey.EventPrefix, StringComparison.Ordinal))
            {
                rows.Add(StateRow.From(entity));
            }
        }

        return rows;
    }

    private static async Task<List<TableEntity>> SetAsideAsync(DiskAzurite azurite) =>
        await new TableClient(azurite.ConnectionString, StorageNames.DeadLetterTable)
            .QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
}

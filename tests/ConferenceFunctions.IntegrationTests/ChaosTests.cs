using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ConferenceFunctions.Core;
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
/// of order. 4,000 callbacks; with <c>CF_LONG=1</c> on three seeds, and 20,000, or as many as <c>CF_CHAOS_CALLBACKS</c> says.
/// </summary>
public class ChaosTests
{
    private const int Participants = 8;
    private const int MaxEvents = 200;
    private const int RecordedConferences = 5;
    private const double Duplicates = 0.05;

    private const int InSuite = 4_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Seeded.Iterations(3, 30));

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Ledger _ledger = new(Instances.BaseUrl);

    /// <summary>Seed, callbacks, kills, and stops of the storage.</summary>
    public static TheoryData<int, int, int, int> Runs
    {
        get
        {
            var runs = new TheoryData<int, int, int, int> { { Seeded.Seed, InSuite, 4, 1 } };
            if (Seeded.IsLong)
            {
                runs.Add(Seeded.Seed + 1, InSuite, 4, 1);
                runs.Add(Seeded.Seed + 2, InSuite, 4, 1);
                bool told = int.TryParse(Environment.GetEnvironmentVariable("CF_CHAOS_CALLBACKS"), NumberStyles.None, CultureInfo.InvariantCulture, out int callbacks);
                runs.Add(Seeded.Seed, told ? callbacks : 20_000, 12, 3);
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Whatever_is_killed_or_stopped_the_log_holds_what_was_acknowledged_and_the_state_is_what_the_log_says(
        int seed, int count, int kills, int stops)
    {
        var random = new Random(seed);
        await using DiskAzurite azurite = await DiskAzurite.StartAsync();
        await using RecordingServer recordings = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        Instances instances = await Instances.StartAsync(azurite.ConnectionString, count: 2);
        using var http = new HttpClient(instances);
        try
        {
            var client = new SignalWireClient(http, null, TimeProvider.System);
            var sender = new CallbackSender(client, _ledger, TimeProvider.System) { InFlight = 32 };
            IReadOnlyList<SimulatedCallback> callbacks = await PlanAsync(client, http, recordings, seed, count, random);

            Note("started, callbacks made");
            Task sending = sender.RunAsync(TestContext.Current.CancellationToken);
            bool[] disturbances = [.. Enumerable.Range(0, kills + stops).Select(i => i < stops)];
            random.Shuffle(disturbances);
            await DisturbAsync(callbacks, sender, instances, azurite, disturbances, random);
            sender.Complete();
            await sending;
            Note("sent");
            await DrainAsync(azurite);
            Note("drained");

            await AssertRightAsync(http, azurite, recordings);
            Note($"compared: CF_SEED={seed}, {kills} kills, {stops} stops");
        }
        finally
        {
            await instances.EndAsync();
        }
    }

    private void Note(string what) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetElapsedTime(_began).TotalSeconds:N1} s: {what}");

    private static async Task<IReadOnlyList<SimulatedCallback>> PlanAsync(
        SignalWireClient client, HttpClient http, RecordingServer recordings, int seed, int count, Random random)
    {
        string details = await http.GetStringAsync(new Uri($"{Instances.BaseUrl}/api/documents/chaos"), TestContext.Current.CancellationToken);
        FetchedDocument document = await new DocumentFetcher(client).FetchAsync(
            JsonNode.Parse(details)!["swml_url"]!.GetValue<string>(), new CallVariables(SimulatedCall.OfParticipant(0)), TestContext.Current.CancellationToken);
        Assert.Null(document.Fault);
        var plan = new LoadPlan([document], Participants, TimeProvider.System);
        List<IReadOnlyList<SimulatedCallback>> conferences = [];
        for (int total = 0; total < count; total += conferences[^1].Count)
        {
            var options = new SimulationOptions { Urls = [], Seed = seed, Record = conferences.Count < RecordedConferences };
            var recorder = new SimulatedRecorder(recordings, recordings.BaseUrl, options);
            conferences.Add(await plan.PlayAsync(seed + conferences.Count, recorder, TestContext.Current.CancellationToken));
        }

        Assert.All(conferences, conference => Assert.InRange(conference.Count, 20, MaxEvents));
        return LoadPlan.Mix(conferences, Duplicates, shuffle: true, random);
    }

    /// <summary>Posts part after part, and at some moment of each one kills an instance or stops the storage.</summary>
    private async Task DisturbAsync(
        IReadOnlyList<SimulatedCallback> callbacks, CallbackSender sender, Instances instances, DiskAzurite azurite, bool[] stops, Random random)
    {
        Task repair = Task.CompletedTask;
        foreach ((int part, bool stop) in stops.Index())
        {
            int from = callbacks.Count * part / stops.Length;
            int to = callbacks.Count * (part + 1) / stops.Length;
            for (int i = from; i < to; i++)
            {
                sender.Post(callbacks[i]);
            }

            await SettledAsync(from + random.Next(to - from));
            await repair;
            Note(stop ? "stopping the storage" : "killing an instance");
            repair = stop ? RestartAsync(azurite) : ReplaceAsync(instances, random.Next(2));
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

    /// <summary>Waits until nothing is left to apply, to archive or to set aside.</summary>
    private static async Task DrainAsync(DiskAzurite azurite)
    {
        foreach (string name in StorageNames.Queues)
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

    private async Task AssertRightAsync(HttpClient http, DiskAzurite azurite, RecordingServer recordings)
    {
        var backend = new BackendClient(http, Instances.BaseUrl, null);
        LogComparison log = LogComparison.Nothing;
        int verified = 0;
        HashSet<IndexPosition> wanted = [];
        HashSet<string> live = [];
        HashSet<IndexPosition> index = await IndexAsync(azurite);
        foreach (IGrouping<string, LedgerEntry> conference in _ledger.Entries.GroupBy(entry => entry.Callback.ConferenceId))
        {
            BackendState state = await backend.ReadAsync(conference.Key, TestContext.Current.CancellationToken);
            Assert.Null(state.Fault);
            log += LogComparison.Of(conference, state.Log);
            List<StateRow> rows = await RowsAsync(azurite, conference.Key);
            Assert.Equal(ConferenceOracle.Fold(state.Log.Select(LoggedEvent.ToReceived)), ConferenceOracle.Show(rows));
            ConferenceRow own = Assert.Single(rows.OfType<ConferenceRow>());
            wanted.UnionWith(IndexEntry.PositionsOf(own));
            live.UnionWith(own.State.End is null ? [own.Id] : []);
            IEnumerable<ToldEvent> told = conference.Where(entry => entry.Acknowledged).Select(entry => new ToldEvent(entry.Callback));
            var archived = RecordingComparison.Of(told, recordings.Find, state);
            Assert.All(archived.Rows, row => Assert.True(row.Verdict == Verdict.Right, $"{row}"));
            verified += archived.Equal;
        }

        LedgerEntry[] entries = [.. _ledger.Entries];
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{entries.Length} callbacks, {log.Acknowledged} acknowledged, " +
            $"{entries.Count(entry => entry.Attempts > 1)} retried, {log.Applied} applied, {log.Lost} lost, {log.Doubled} doubled, {log.Unexpected} unexpected, {verified} recordings");
        Assert.Equal((0, 0, 0), (log.Lost, log.Doubled, log.Unexpected));
        // Where most was refused, little was shown.
        Assert.InRange(log.Acknowledged, entries.Length * 3 / 4, entries.Length);
        Assert.InRange(verified, 1, RecordedConferences);
        Assert.Empty(await SetAsideAsync(azurite));
        // Every conference is found wherever it is to be; what a killed writer left besides is contradicted by its row, and never listed.
        Assert.Empty(wanted.Except(index));
        Assert.Equal(live, await LiveAsync(http));
    }

    private static async Task<HashSet<IndexPosition>> IndexAsync(DiskAzurite azurite) =>
        [.. await new TableClient(azurite.ConnectionString, StorageNames.ConferenceIndexTable)
            .QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken)
            .Select(row => new IndexPosition(row.PartitionKey, row.RowKey)).ToListAsync(TestContext.Current.CancellationToken)];

    private static async Task<HashSet<string>> LiveAsync(HttpClient http)
    {
        HashSet<string> ids = [];
        for (string? next = $"{Instances.BaseUrl}/api/conferences?live=true"; next is not null;)
        {
            Page<Conference> page = JsonSerializer.Deserialize(
                await http.GetStringAsync(new Uri(next), TestContext.Current.CancellationToken), ApiJson.Default.PageConference)!;
            ids.UnionWith(page.Items.Select(conference => conference.ConferenceId));
            next = page.Next;
        }

        return ids;
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

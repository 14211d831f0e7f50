using System.Globalization;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Recordings;
using ConferenceFunctions.Simulator.Swml;
using Spectre.Console;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>One load, from the first fetch to the comparison. No conference of it is recorded, and no hold music is fetched.</summary>
internal sealed class LoadRun
{
    private const int ShownDifferences = 10;

    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(200);

    private readonly LoadOptions _options;
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Report _report;
    private readonly Ledger _ledger;
    private readonly CallbackSender _sender;
    private readonly DocumentFetcher _fetcher;
    private readonly BackendClient _backend;
    private readonly Latencies _latencies = new();
    private readonly Random _random;
    private TimeSpan _posting;

    /// <summary>Prepares it.</summary>
    public LoadRun(LoadOptions options, string backend, HttpClient http, IAnsiConsole console, TimeProvider time)
    {
        var client = new SignalWireClient(http, options.SigningKey is null ? null : new RequestSigner(options.SigningKey), time);
        (_options, _console, _time) = (options, console, time);
        _report = new Report(console);
        _ledger = new Ledger(backend);
        _random = new Random(options.Seed);
        _sender = new CallbackSender(client, _ledger, time)
        {
            InFlight = options.Concurrency,
            Attempts = options.Attempts,
            Drops = () => _random.NextDouble() < options.Drop,
            Acknowledged = _latencies.Add,
        };
        _fetcher = new DocumentFetcher(client);
        _backend = new BackendClient(http, backend, options.Key);
    }

    /// <summary>Runs it.</summary>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellationToken)
    {
        _report.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{_options.Conferences} conferences of {_options.Participants}, {_options.Concurrency} callbacks in flight, seed {_options.Seed}."));
        FetchedDocument[] documents = await Task.WhenAll(_options.Urls.Select(url =>
            _fetcher.FetchAsync(url, new CallVariables(SimulatedCall.OfParticipant(0)), cancellationToken)));
        if (documents.FirstOrDefault(document => document.Fault is not null) is { } unusable)
        {
            return SimulationResult.Refuse($"{unusable.Url} gives no document: {unusable.Fault}");
        }

        if (await _backend.RefusesAsync(cancellationToken))
        {
            return SimulationResult.Refuse("The API refuses to be asked. Give --key with a function key of the app.");
        }

        LoadComparison? comparison = null;
        await _console.Progress().StartAsync(async progress =>
        {
            await PlanAsync(documents, progress.AddTask("Making callbacks", maxValue: _options.Conferences), cancellationToken);
            await PostAsync(progress.AddTask("Posting callbacks"), cancellationToken);
            comparison = await CompareAsync(progress.AddTask("Comparing", maxValue: _options.Conferences), cancellationToken);
        });
        return Conclude(comparison!);
    }

    private async Task PlanAsync(FetchedDocument[] documents, ProgressTask task, CancellationToken cancellationToken)
    {
        var plan = new LoadPlan(documents, _options.Participants, _time);
        var recorder = new SimulatedRecorder(null, "", new SimulationOptions { Urls = [] });
        List<IReadOnlyList<SimulatedCallback>> conferences = [];
        for (int i = 0; i < _options.Conferences; i++)
        {
            conferences.Add(await plan.PlayAsync(_options.Seed + i, recorder, cancellationToken));
            task.Increment(1);
        }

        foreach (SimulatedCallback callback in LoadPlan.Mix(conferences, _options.Duplicates, _options.Shuffle, _random))
        {
            _sender.Post(callback);
        }

        _sender.Complete();
    }

    private async Task PostAsync(ProgressTask task, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        Task posted = _sender.RunAsync(cancellationToken);
        do
        {
            (int all, int settled) = _ledger.Count;
            _posting = _time.GetElapsedTime(began);
            (task.MaxValue, task.Value) = (Math.Max(all, 1), settled);
            task.Description = $"Posting callbacks: {Rate}/s, p99 {_latencies.Show(99)}";
        }
        while (await Task.WhenAny(posted, Task.Delay(Refresh, _time, cancellationToken)) != posted);
        await posted;
        _posting = _time.GetElapsedTime(began);
        (task.MaxValue, task.Value) = (1, 1);
    }

    private async Task<LoadComparison> CompareAsync(ProgressTask task, CancellationToken cancellationToken)
    {
        var poll = new BackendPoll(_backend, _time) { Settled = settled => task.Value = settled };
        return LoadComparison.Of(await poll.CompareAllAsync(_ledger.Entries, _ => null, _options.Patience, cancellationToken));
    }

    private string Rate => (_latencies.Count / Math.Max(_posting.TotalSeconds, 0.001)).ToString("N0", CultureInfo.InvariantCulture);

    private SimulationResult Conclude(LoadComparison comparison)
    {
        IReadOnlyList<LedgerEntry> entries = _ledger.Entries;
        _report.Latencies(_latencies);
        if (comparison.Wrong.Count > 0)
        {
            _report.Comparison(comparison.Wrong.Take(ShownDifferences));
        }

        LogComparison log = comparison.Log;
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Conferences} conferences, {log.Acknowledged} callbacks acknowledged in {_posting.TotalSeconds:N1} s ({Rate}/s), "
            + $"{entries.Count(entry => entry is { Acknowledged: false, Dropped: false })} refused, {entries.Count(entry => entry.Attempts > 1)} retried, "
            + $"{entries.Count(entry => entry.Dropped)} dropped; {log.Applied} applied, {log.Lost} lost, {log.Doubled} doubled, {log.Unexpected} unexpected");
        _report.Note(summary);
        return new SimulationResult(
            comparison.IsRight ? SimulationResult.Right : SimulationResult.Wrong, summary, [.. entries.Select(entry => entry.Callback.ConferenceId).Distinct()]);
    }
}

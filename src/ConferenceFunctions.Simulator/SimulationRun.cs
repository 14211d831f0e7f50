using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Recordings;
using ConferenceFunctions.Simulator.Scripts;
using ConferenceFunctions.Simulator.Swml;
using Spectre.Console;

namespace ConferenceFunctions.Simulator;

/// <summary>One simulation, from the first fetch to the last comparison.</summary>
internal sealed class SimulationRun
{
    private const int FetchesAtOnce = 8;

    private readonly SimulationOptions _options;
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Report _report;
    private readonly RecordingServer? _server;
    private readonly SimulatedRecorder _recorder;
    private readonly Ledger _ledger;
    private readonly CallbackSender _sender;
    private readonly DocumentFetcher _fetcher;
    private readonly HoldMusic _music;
    private readonly BackendClient _backend;
    private readonly Caller[] _callers;

    /// <summary>Prepares it.</summary>
    public SimulationRun(
        SimulationOptions options, string backend, HttpClient http, RecordingServer? server, IAnsiConsole console, TimeProvider time)
    {
        var client = new SignalWireClient(http, options.SigningKey is null ? null : new RequestSigner(options.SigningKey), time);
        (_options, _server, _console, _time) = (options, server, console, time);
        _report = new Report(console);
        _recorder = new SimulatedRecorder(server, (options.RecordingBase ?? server?.BaseUrl ?? "").TrimEnd('/'), options);
        _ledger = new Ledger(backend);
        var random = new Random(options.Seed);
        _sender = new CallbackSender(client, _ledger, time) { Drops = () => random.NextDouble() < options.Drop };
        _fetcher = new DocumentFetcher(client);
        _music = new HoldMusic(_fetcher);
        _backend = new BackendClient(http, backend, options.Key);
        _callers = [.. Enumerable.Range(0, options.Participants).Select(participant =>
            new Caller(SimulatedCall.OfParticipant(participant), options.Urls[Math.Min(participant, options.Urls.Count - 1)]))];
    }

    /// <summary>Runs it.</summary>
    public async Task<SimulationResult> RunAsync(CancellationToken cancellationToken)
    {
        _report.Note($"{_options.Participants} participants, {_options.Seconds} s at speed {_options.Speed}, seed {_options.Seed}.");
        var space = new SimulatedSpace(new LiveSink(_server?.Log, _sender, _music, cancellationToken), _recorder);
        string? refusal = null;
        BackendComparison? comparison = null;
        await _console.Progress().StartAsync(async progress =>
        {
            refusal = await FetchAsync(progress.AddTask("Fetching documents"), cancellationToken);
            if (refusal is null)
            {
                await PlayAsync(space, progress, cancellationToken);
                comparison = await CompareAsync(progress.AddTask("Comparing"), cancellationToken);
            }
        });
        return comparison is null
            ? SimulationResult.Refuse(refusal!)
            : Conclude(space, comparison, await _music.ResultsAsync());
    }

    private async Task<string?> FetchAsync(ProgressTask task, CancellationToken cancellationToken)
    {
        ParallelOptions several = new() { MaxDegreeOfParallelism = FetchesAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(_callers, several, async (caller, token) =>
        {
            caller.Fetched.Add(await _fetcher.FetchAsync(caller.Url, new CallVariables(caller.Call), token));
            task.Increment(100.0 / _callers.Length);
        });
        task.Value = task.MaxValue;
        return _callers.SelectMany(caller => caller.Fetched).FirstOrDefault(document => !document.Reached) is { } unreached
            ? $"{unreached.Url} gives no document: {unreached.Fault}"
            : await _backend.RefusesAsync(cancellationToken)
                ? "The API refuses to be asked. Give --key with a function key of the app."
                : null;
    }

    private async Task PlayAsync(SimulatedSpace space, ProgressContext progress, CancellationToken cancellationToken)
    {
        TimeSpan length = TimeSpan.FromSeconds(_options.Seconds);
        IReadOnlyList<ScriptStep> script = Choreography.Compose(_options.Seed, _options.Participants, length);
        ProgressTask playing = progress.AddTask("Playing the conference", maxValue: script.Count);
        ProgressTask posting = progress.AddTask("Posting callbacks");
        Task posted = _sender.RunAsync(cancellationToken);
        var player = new ScriptPlayer(space, _callers, (caller, variables, token) => _fetcher.FetchAsync(caller.Url, variables, token), _time);
        await player.PlayAsync(script, new Timeline(_time.GetUtcNow(), length, _options.Speed), () =>
        {
            playing.Increment(1);
            ShowPosted(posting);
        }, cancellationToken);
        _sender.Complete();
        while (await Task.WhenAny(posted, Task.Delay(TimeSpan.FromMilliseconds(100), _time, cancellationToken)) != posted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ShowPosted(posting);
        }

        await posted;
        posting.Value = posting.MaxValue;
    }

    private void ShowPosted(ProgressTask task)
    {
        (int all, int settled) = _ledger.Count;
        task.MaxValue = Math.Max(all, 1);
        task.Value = settled;
    }

    private async Task<BackendComparison> CompareAsync(ProgressTask task, CancellationToken cancellationToken)
    {
        task.IsIndeterminate = true;
        BackendComparison comparison = await new BackendPoll(_backend, _time).CompareAsync(
            _ledger.Entries, id => _server?.Find(id), _options.Patience, cancellationToken);
        task.IsIndeterminate = false;
        task.Value = task.MaxValue;
        return comparison;
    }

    private SimulationResult Conclude(SimulatedSpace space, BackendComparison comparison, string?[] music)
    {
        ComparisonRow[] rows = [DocumentRow(), .. MusicRows(music), .. comparison.Rows];
        _report.Calls(space.Sessions);
        _report.Comparison(rows);
        if (_recorder.Declined)
        {
            _report.Note("No recording was played: the backend is not on this machine. Give --recording-base with a public URL, such as a "
                + "tunnel's, that leads to --recording-port on this machine.");
        }

        if (comparison.Log.Acknowledged == 0 && _ledger.Entries.All(entry => !entry.ToBackend))
        {
            _report.Note("The backend was told nothing: no document sends it the events of a conference that took place.");
        }

        _report.Note(comparison.Summary);
        bool right = rows.All(row => row.Verdict != Verdict.Wrong);
        return new SimulationResult(
            right ? SimulationResult.Right : SimulationResult.Wrong,
            comparison.Summary,
            [.. _ledger.Entries.Select(entry => entry.Callback.ConferenceId).Distinct()]);
    }

    private ComparisonRow DocumentRow()
    {
        FetchedDocument[] fetched = [.. _callers.SelectMany(caller => caller.Fetched)];
        return ComparisonRow.Of(
            "Documents",
            $"{fetched.Length} valid, within {SignalWireClient.AnswerTimeout.TotalSeconds} s",
            $"{fetched.Length} valid, the slowest in {fetched.Max(document => document.Elapsed).TotalMilliseconds:N0} ms",
            [.. fetched.Select(document => document.Fault).OfType<string>().Distinct()]);
    }

    private static IEnumerable<ComparisonRow> MusicRows(string?[] music) => music.Length == 0 ? [] :
    [
        ComparisonRow.Of(
            "Hold music",
            $"{music.Length} × something to hear",
            $"{music.Length} × something to hear",
            [.. music.OfType<string>().Distinct()]),
    ];
}

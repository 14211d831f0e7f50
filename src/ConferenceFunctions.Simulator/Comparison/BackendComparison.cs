using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>How everything that the backend knows compares to everything that it was told.</summary>
/// <param name="Rows">The lines of the comparison.</param>
/// <param name="Log">The callbacks of all conferences.</param>
/// <param name="Recordings">The recordings of all conferences.</param>
internal sealed record BackendComparison(IReadOnlyList<ComparisonRow> Rows, LogComparison Log, RecordingComparison Recordings)
{
    /// <summary>Callbacks that were never sent.</summary>
    public int Dropped { get; init; }

    /// <summary>Whether it may still change: what was never acknowledged stays so, however long one waits.</summary>
    public bool MayChange => Rows.Any(row => row is { Verdict: Verdict.Wrong, IsFinal: false });

    /// <summary>Whether nothing is missing, doubled or different.</summary>
    public bool IsRight => Rows.All(row => row.Verdict != Verdict.Wrong);

    /// <summary>The outcome in one line.</summary>
    public string Summary =>
        $"{Log.Acknowledged} callbacks acknowledged, {Log.Applied} applied, {Log.Lost} lost, {Log.Doubled} doubled; {RecordingSummary}"
        + (Dropped > 0 ? $"; {Dropped} dropped" : "");

    private string RecordingSummary => Recordings switch
    {
        { Expected: 0 } => "no recording",
        { Archived: var archived } when archived < Recordings.Expected =>
            $"{archived} of {Plural(Recordings.Expected)} archived",
        { Equal: var equal } when equal < Recordings.Expected => $"{Plural(Recordings.Expected)} archived, SHA-256 differs",
        _ => $"{Plural(Recordings.Expected)} archived, SHA-256 equal",
    };

    /// <summary>Compares.</summary>
    /// <param name="entries">Every callback that was posted.</param>
    /// <param name="stateOf">What the backend knows of a conference.</param>
    /// <param name="audioOf">The audio of a recording by its id.</param>
    public static BackendComparison Of(
        IReadOnlyList<LedgerEntry> entries, Func<string, BackendState> stateOf, Func<string, RecordedAudio?> audioOf)
    {
        List<ComparisonRow> rows = [];
        LogComparison log = LogComparison.Nothing;
        var recordings = new RecordingComparison([], 0, 0, 0);
        ILookup<bool, LedgerEntry> byRecipient = entries.ToLookup(entry => entry.ToBackend);
        foreach (IGrouping<string, LedgerEntry> conference in byRecipient[true].GroupBy(entry => entry.Callback.ConferenceId))
        {
            LedgerEntry[] sent = [.. conference.Where(entry => !entry.Dropped)];
            BackendState state = stateOf(conference.Key);
            ToldEvent[] told = [.. sent.Where(entry => entry.Acknowledged).Select(entry => entry.Callback).Distinct().Select(callback => new ToldEvent(callback))];
            bool complete = conference.All(entry => entry.Acknowledged);
            var logged = LogComparison.Of(sent, state.Log);
            var archived = RecordingComparison.Of(told, audioOf, state);
            rows.AddRange(RowsOf(sent, told, complete, state, logged));
            rows.AddRange(archived.Rows);
            log += logged;
            recordings = new RecordingComparison(
                [], recordings.Expected + archived.Expected, recordings.Archived + archived.Archived, recordings.Equal + archived.Equal);
        }

        rows.AddRange(byRecipient[false].Where(entry => !entry.Dropped).GroupBy(entry => new Uri(entry.Callback.Route.Url).Authority).Select(Elsewhere));
        return new BackendComparison(rows, log, recordings) { Dropped = entries.Count(entry => entry.Dropped) };
    }

    private static IEnumerable<ComparisonRow> RowsOf(LedgerEntry[] sent, ToldEvent[] told, bool complete, BackendState state, LogComparison log)
    {
        yield return Acknowledgements(sent);
        if (state.Fault is not null)
        {
            yield return new ComparisonRow("API", "answers", state.Fault, Verdict.Wrong);
            yield break;
        }

        yield return new ComparisonRow(
            "Events in the log",
            $"{log.Acknowledged}, each once",
            $"{log.Applied}, {log.Lost} lost, {log.Doubled} doubled, {log.Unexpected} unexpected",
            log.IsRight ? Verdict.Right : Verdict.Wrong);
        if (told.Length > 0)
        {
            yield return ConferenceComparison.Of(told, state.Conference);
            yield return ParticipantComparison.Of(told, complete, state.Participants);
        }
    }

    private static ComparisonRow Acknowledgements(LedgerEntry[] sent)
    {
        IEnumerable<string> refused = sent.Where(entry => !entry.Acknowledged)
            .Select(entry => $"{entry.Callback.Event.Status}: {entry.Refusal}, {entry.Attempts} times");
        return ComparisonRow.Of(
            "Callbacks acknowledged",
            $"{sent.Length}",
            $"{sent.Length}, {sent.Count(entry => entry.Attempts > 1)} of them retried",
            [.. refused]) with
        { IsFinal = true };
    }

    private static ComparisonRow Elsewhere(IGrouping<string, LedgerEntry> host) => new(
        $"Callbacks to {host.Key}",
        "the backend isn't told",
        $"{host.Count(entry => entry.Acknowledged)} of {host.Count()} acknowledged",
        host.All(entry => entry.Acknowledged) ? Verdict.NotCompared : Verdict.Wrong)
    { IsFinal = true };

    private static string Plural(int recordings) => recordings == 1 ? "1 recording" : $"{recordings} recordings";
}

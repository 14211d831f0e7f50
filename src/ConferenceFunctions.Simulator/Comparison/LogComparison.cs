using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>How the log of a conference compares to what was sent.</summary>
/// <param name="Acknowledged">Callbacks that the backend acknowledged.</param>
/// <param name="Applied">Acknowledged callbacks that are in the log.</param>
/// <param name="Lost">Acknowledged callbacks that are not.</param>
/// <param name="Doubled">Entries of the log that repeat another one.</param>
/// <param name="Unexpected">Entries of the log that nobody sent.</param>
internal sealed record LogComparison(int Acknowledged, int Applied, int Lost, int Doubled, int Unexpected)
{
    private const string Reconciliation = "reconciliation";

    /// <summary>No callback, and no log.</summary>
    public static LogComparison Nothing { get; } = new(0, 0, 0, 0, 0);

    /// <summary>Whether every acknowledged callback is in the log once, and nothing else is.</summary>
    public bool IsRight => Lost + Doubled + Unexpected == 0;

    /// <summary>
    /// Compares the callbacks of one conference, all that were sent to the backend, with its log. What the backend found out by itself,
    /// by reconciliation, is no callback.
    /// </summary>
    public static LogComparison Of(IEnumerable<LedgerEntry> sent, IEnumerable<ConferenceLogEntry> log)
    {
        Dictionary<string, int> logged = log.Where(entry => entry.Source != Reconciliation).CountBy(EventKey.Of).ToDictionary(StringComparer.Ordinal);
        LogComparison total = Nothing;
        foreach (IGrouping<string, LedgerEntry> same in sent.GroupBy(entry => EventKey.Of(entry.Callback), StringComparer.Ordinal))
        {
            int acknowledged = same.Count(entry => entry.Acknowledged);
            bool found = logged.Remove(same.Key, out int times);
            total += new LogComparison(acknowledged, found ? acknowledged : 0, found ? 0 : acknowledged, Math.Max(0, times - 1), 0);
        }

        return total with { Unexpected = logged.Values.Sum() };
    }

    /// <summary>The sum of both.</summary>
    public static LogComparison operator +(LogComparison one, LogComparison other) => new(
        one.Acknowledged + other.Acknowledged, one.Applied + other.Applied, one.Lost + other.Lost, one.Doubled + other.Doubled,
        one.Unexpected + other.Unexpected);
}

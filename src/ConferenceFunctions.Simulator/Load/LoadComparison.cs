using ConferenceFunctions.Simulator.Comparison;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>How everything that the backend knows compares to the load that it was put under.</summary>
/// <param name="Conferences">Conferences that were compared.</param>
/// <param name="Log">The callbacks of all conferences.</param>
/// <param name="Wrong">What is not as it should be.</param>
internal sealed record LoadComparison(int Conferences, LogComparison Log, IReadOnlyList<ComparisonRow> Wrong)
{
    /// <summary>Whether nothing that was acknowledged is missing or doubled, and nothing is there that nobody sent.</summary>
    public bool IsRight => Log.IsRight && Wrong.Count == 0;

    /// <summary>
    /// Looks at the comparisons of all conferences. A callback that was refused may have been kept all the same, so that what its
    /// conference looks like can't be told; its log can.
    /// </summary>
    public static LoadComparison Of(IEnumerable<(LedgerEntry[] Sent, BackendComparison Comparison)> conferences)
    {
        (LogComparison log, int count, List<ComparisonRow> wrong) = (LogComparison.Nothing, 0, []);
        foreach ((LedgerEntry[] sent, BackendComparison comparison) in conferences)
        {
            bool known = sent.All(entry => entry.Acknowledged || entry.Dropped);
            log += comparison.Log;
            count++;
            wrong.AddRange(comparison.Rows.Where(row => row is { Verdict: Verdict.Wrong, IsFinal: false } && (known || !comparison.Log.IsRight)));
        }

        return new LoadComparison(count, log, wrong);
    }
}

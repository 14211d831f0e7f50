namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>A line of the comparison.</summary>
/// <param name="What">What is compared.</param>
/// <param name="Expected">What should be.</param>
/// <param name="Found">What is.</param>
/// <param name="Verdict">What it comes to.</param>
internal sealed record ComparisonRow(string What, string Expected, string Found, Verdict Verdict)
{
    private const int MaxDifferences = 5;

    /// <summary>Whether it stays so, however long one waits.</summary>
    public bool IsFinal { get; init; }

    /// <summary>A line about something that is the same, or differs.</summary>
    /// <param name="what">What is compared.</param>
    /// <param name="expected">What should be.</param>
    /// <param name="found">What is, where nothing differs.</param>
    /// <param name="differences">What differs.</param>
    public static ComparisonRow Of(string what, string expected, string found, IReadOnlyCollection<string> differences)
    {
        string shown = string.Join('\n', differences.Take(MaxDifferences));
        return differences.Count switch
        {
            0 => new ComparisonRow(what, expected, found, Verdict.Right),
            <= MaxDifferences => new ComparisonRow(what, expected, shown, Verdict.Wrong),
            var many => new ComparisonRow(what, expected, $"{shown}\nand {many - MaxDifferences} more", Verdict.Wrong),
        };
    }
}

namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>How often and how long is measured.</summary>
/// <param name="Count">Rounds, of which the medians are told.</param>
/// <param name="Quick">Whether it is a trial, that only tells whether everything works.</param>
internal sealed record Rounds(int Count, bool Quick)
{
    /// <summary>A duration, or a fraction of it in a trial.</summary>
    public TimeSpan Lasting(double seconds) => TimeSpan.FromSeconds(Quick ? seconds / 5 : seconds);

    /// <summary>A number of something, or a fraction of it in a trial.</summary>
    public int Of(int count) => Quick ? Math.Max(1, count / 5) : count;

    /// <summary>The items in an order that is another one each round: whoever comes first has it easier, or harder.</summary>
    public static IEnumerable<T> Alternating<T>(IReadOnlyList<T> items, int round) => items.Select((_, i) => items[(i + round) % items.Count]);
}

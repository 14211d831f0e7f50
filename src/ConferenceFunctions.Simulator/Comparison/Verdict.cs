namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>What a comparison comes to.</summary>
internal enum Verdict
{
    /// <summary>It is as it should be.</summary>
    Right,

    /// <summary>Something is missing, doubled or different.</summary>
    Wrong,

    /// <summary>There is nothing to compare it with.</summary>
    NotCompared,
}

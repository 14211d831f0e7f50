namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>A row of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Ours">The app's.</param>
/// <param name="Plain">That of what a user would write instead; empty where there is none.</param>
/// <param name="Limit">The limit; empty where there is none.</param>
internal sealed record Figure(string Name, string Ours, string Plain = "", string Limit = "")
{
    /// <summary>How the app's compares, target by target.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];
}

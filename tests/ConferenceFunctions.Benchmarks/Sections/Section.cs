using ConferenceFunctions.Benchmarks.Figures;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>Figures that are measured together.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="MeasureAsync">Measures it.</param>
internal sealed record Section(string Name, Func<BenchmarkContext, Task<IReadOnlyList<Figure>>> MeasureAsync)
{
    /// <summary>All, in the order of the table.</summary>
    public static IReadOnlyList<Section> All { get; } =
    [
        new("intake", Intake.MeasureAsync),
        new("events", Events.MeasureAsync),
        new("latency", Latency.MeasureAsync),
        new("documents", Documents.MeasureAsync),
        new("recordings", Recordings.MeasureAsync),
        new("start", Start.MeasureAsync),
        new("steps", Steps.MeasureAsync),
    ];
}

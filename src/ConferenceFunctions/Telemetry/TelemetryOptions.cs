using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Telemetry;

/// <summary>Settings <c>Telemetry</c>: how much of what happens is traced.</summary>
public sealed class TelemetryOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Telemetry";

    /// <summary>
    /// Share of traces that are kept, 0 to 1. A trace is kept whole or not at all, and where somebody before us decided already,
    /// that holds. Metrics are always complete.
    /// </summary>
    [Range(0d, 1d)]
    public double SamplingRatio { get; set; } = 0.1;
}

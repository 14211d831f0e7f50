using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>A callback and what became of it.</summary>
/// <param name="callback">The callback.</param>
/// <param name="toBackend">Whether it is posted to the backend, and not to somebody else.</param>
internal sealed class LedgerEntry(SimulatedCallback callback, bool toBackend)
{
    /// <summary>The callback.</summary>
    public SimulatedCallback Callback { get; } = callback;

    /// <summary>Whether it is posted to the backend, and not to somebody else.</summary>
    public bool ToBackend { get; } = toBackend;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether it was dropped, and never sent.</summary>
    public bool Dropped { get; set; }

    /// <summary>Whether it was acknowledged.</summary>
    public bool Acknowledged { get; set; }

    /// <summary>Why it was not acknowledged the last time; null where it was.</summary>
    public string? Refusal { get; set; }
}

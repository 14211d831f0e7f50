namespace ConferenceFunctions.Core.Conferences;

/// <summary>A value and when it was set.</summary>
/// <param name="Value">The value.</param>
/// <param name="Stamp">Time and id of the event that set it, see <see cref="Semilattice.StampOf"/>; compares ordinally.</param>
public sealed record Latest<T>(T Value, string Stamp)
    where T : IComparable<T>;

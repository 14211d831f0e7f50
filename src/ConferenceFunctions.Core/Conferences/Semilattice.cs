using System.Globalization;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// How two values of one field become one. Each operation is associative, commutative and idempotent, so what is left does not
/// depend on the order in which events are merged, or on how often.
/// </summary>
internal static class Semilattice
{
    /// <summary>The stamp of an event: its time (16 digits) and its id.</summary>
    public static string StampOf(ConferenceEvent source) => string.Create(CultureInfo.InvariantCulture, $"{source.Time:D16}_{source.Id}");

    /// <summary>The time in a stamp.</summary>
    public static long TimeOf(string stamp) => long.Parse(stamp.AsSpan(0, stamp.IndexOf('_', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The later of two; at one time, the one from the event with the greater id.</summary>
    public static Latest<T>? Latest<T>(Latest<T>? one, Latest<T>? other) where T : IComparable<T>
    {
        if (one is null || other is null)
        {
            return one ?? other;
        }

        int order = string.CompareOrdinal(one.Stamp, other.Stamp);
        return order < 0 || (order == 0 && Compare(one.Value, other.Value) < 0) ? other : one;
    }

    /// <summary>The smaller of two.</summary>
    public static long? Min(long? one, long? other) => one is null || other is null ? one ?? other : Math.Min(one.Value, other.Value);

    /// <summary>The greater of two.</summary>
    public static long? Max(long? one, long? other) => one is null || other is null ? one ?? other : Math.Max(one.Value, other.Value);

    // Two events of one id only differ where somebody forges them; even then every instance must decide alike, whatever its culture.
    private static int Compare<T>(T one, T other) where T : IComparable<T> =>
        one is string a && other is string b ? string.CompareOrdinal(a, b) : one.CompareTo(other);
}

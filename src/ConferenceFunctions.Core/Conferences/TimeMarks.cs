using System.Collections.Immutable;
using System.Globalization;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// A set of points in time that never holds more than <see cref="Max"/>: beyond, the earliest are kept and
/// <see cref="Truncated"/> says so. Which ones are left does not depend on the order in which sets are merged.
/// </summary>
/// <param name="Times">Microseconds since 1970 (0: unknown), in order, each once.</param>
/// <param name="Truncated">Whether there were more.</param>
public sealed record TimeMarks(ImmutableArray<long> Times, bool Truncated)
{
    /// <summary>Most points that are kept.</summary>
    public const int Max = 1000;

    /// <summary>No points.</summary>
    public static TimeMarks Empty { get; } = new([], false);

    /// <summary>One point.</summary>
    public static TimeMarks Of(long time) => new([time], false);

    /// <summary>The points of both.</summary>
    public static TimeMarks Merge(TimeMarks one, TimeMarks other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Times.IsEmpty || other.Times.IsEmpty)
        {
            return one.Times.IsEmpty ? other : one;
        }

        ImmutableArray<long> times = [.. one.Times.Union(other.Times).Order()];
        bool tooMany = times.Length > Max;
        return new TimeMarks(tooMany ? times[..Max] : times, one.Truncated || other.Truncated || tooMany);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static TimeMarks Parse(string? text, bool truncated) => string.IsNullOrEmpty(text)
        ? Empty
        : new([.. text.Split(' ').Select(time => long.Parse(time, CultureInfo.InvariantCulture))], truncated);

    /// <summary>The times, separated by blanks.</summary>
    public override string ToString() => string.Join(' ', Times);

    /// <inheritdoc />
    public bool Equals(TimeMarks? other) => other is not null && Truncated == other.Truncated && Times.AsSpan().SequenceEqual(other.Times.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Times.Length, Times.IsEmpty ? 0 : Times[^1], Truncated);
}

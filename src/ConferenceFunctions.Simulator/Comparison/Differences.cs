using System.Globalization;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Collects what is not as it should be.</summary>
internal sealed class Differences
{
    private readonly List<string> _differences = [];

    /// <summary>What differs, in words.</summary>
    public IReadOnlyList<string> All => _differences;

    /// <summary>Compares a value. What nobody told the backend (null) is not expected of it.</summary>
    public void Check<T>(string what, T? expected, T? found)
    {
        if (expected is not null && !EqualityComparer<T>.Default.Equals(expected, found))
        {
            _differences.Add($"{what}: {expected} expected, found {(object?)found ?? "nothing"}");
        }
    }

    /// <summary>Compares a time, to the microsecond.</summary>
    public void CheckTime(string what, long? expected, DateTimeOffset? found) =>
        Check(what, expected is null ? null : Show(EventTime.ToPoint(expected.Value)), Show(found));

    /// <summary>Something is there or missing that should not be.</summary>
    public void Add(string difference) => _differences.Add(difference);

    /// <summary>A time as text, with its microseconds.</summary>
    private static string? Show(DateTimeOffset? time) => time?.ToUniversalTime().ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}

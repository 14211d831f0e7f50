using System.Globalization;

namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>How figures are written.</summary>
internal static class Format
{
    /// <summary>Three digits that count: 1,234; 12.3; 0.123.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>A duration that is given in milliseconds.</summary>
    public static string Time(double milliseconds) => milliseconds < 1
        ? $"{Short(milliseconds * 1000)} µs"
        : $"{Short(milliseconds)} ms";

    /// <summary>A number of bytes.</summary>
    public static string Bytes(double bytes) => Math.Abs(bytes) switch
    {
        >= 1024 * 1024 => $"{Short(bytes / 1024 / 1024)} MiB",
        >= 1024 => $"{Short(bytes / 1024)} KiB",
        _ => $"{Short(bytes)} B",
    };
}

using System.Globalization;

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>Times as they stand in callbacks.</summary>
internal static class EventTimestamp
{
    private const long MicrosecondsASecond = 1_000_000;

    /// <summary>Unix seconds with all six digits of the microseconds.</summary>
    public static string Unix(long microseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{microseconds / MicrosecondsASecond}.{microseconds % MicrosecondsASecond:D6}");

    /// <summary>RFC 2822, which knows no parts of a second.</summary>
    public static string Rfc2822(long microseconds) => DateTimeOffset.FromUnixTimeSeconds(microseconds / MicrosecondsASecond)
        .ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>A time without its parts of a second.</summary>
    public static long WholeSeconds(long microseconds) => microseconds - (microseconds % MicrosecondsASecond);
}

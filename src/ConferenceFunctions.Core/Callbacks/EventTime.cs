namespace ConferenceFunctions.Core.Callbacks;

/// <summary>The time of events: whole microseconds since 1970, as fine as SignalWire's timestamps are. 0 means unknown.</summary>
public static class EventTime
{
    /// <summary>A day.</summary>
    public const long Day = TimeSpan.MicrosecondsPerDay;

    /// <summary>That point in time, cut to microseconds.</summary>
    public static long From(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>That time as a point in UTC; null for 0.</summary>
    public static DateTimeOffset? ToPoint(long microseconds) =>
        microseconds <= 0 ? null : DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>Begin of the UTC day of that time.</summary>
    public static long StartOfDay(long microseconds) => microseconds / Day * Day;
}

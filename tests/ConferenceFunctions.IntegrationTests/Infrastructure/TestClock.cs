namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>A clock that stands still until it is set. Delays and timeouts take the time they take.</summary>
public sealed class TestClock : TimeProvider
{
    /// <summary>Second 0 of <see cref="Callback.Json"/>.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What time it is, in seconds after <see cref="Start"/>.</summary>
    public double Second { get; set; } = 3600;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => At(Second);

    /// <summary>A point in time.</summary>
    public static DateTimeOffset At(double second) => Start.AddSeconds(second);
}

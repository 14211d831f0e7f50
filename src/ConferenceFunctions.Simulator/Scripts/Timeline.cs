using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>
/// Lays simulated time over real time, which it runs faster than: so that it ends when the playing ends, and never gets ahead of
/// the clock.
/// </summary>
/// <param name="began">When the playing began, in real time.</param>
/// <param name="length">How long it takes, in simulated time.</param>
/// <param name="speed">How many times faster simulated time runs; 1 or more.</param>
internal sealed class Timeline(DateTimeOffset began, TimeSpan length, double speed)
{
    // Events of one moment follow each other by microseconds, and timers may fire a little early.
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(250);

    private readonly DateTimeOffset _first = began + (length / speed) - length - Margin;

    /// <summary>The simulated time of a point of the script, in microseconds since 1970.</summary>
    public long Simulated(TimeSpan at) => EventTime.From(_first + at);

    /// <summary>The real time at which that point is played.</summary>
    public DateTimeOffset Real(TimeSpan at) => began + (at / speed);
}

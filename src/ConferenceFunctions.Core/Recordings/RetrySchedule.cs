using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>How long to wait before each further attempt.</summary>
internal sealed class RetrySchedule
{
    private const double MaxJitter = 0.2;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    private readonly TimeSpan[] _delays;

    private RetrySchedule(TimeSpan[] delays) => _delays = delays;

    /// <summary>How many further attempts there are.</summary>
    public int Count => _delays.Length;

    /// <summary>Reads a schedule, see <see cref="RecordingOptions.RetrySchedule"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out RetrySchedule? schedule)
    {
        TimeSpan?[] delays = [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Delay)];
        schedule = delays.All(delay => delay is not null) ? new RetrySchedule([.. delays.OfType<TimeSpan>()]) : null;
        return schedule is not null;

        static TimeSpan? Delay(string part) =>
            TimeSpan.TryParseExact(part, "c", CultureInfo.InvariantCulture, out TimeSpan delay) && delay >= TimeSpan.Zero && delay <= Longest ? delay : null;
    }

    /// <summary>How long to wait, that many delays being used up: never shorter than the source asks for, unless it asks for more than six hours.</summary>
    public TimeSpan Delay(int retries, TimeSpan? retryAfter)
    {
        TimeSpan asked = retryAfter < Longest ? retryAfter.Value : retryAfter is null ? TimeSpan.Zero : Longest;
        TimeSpan delay = _delays[retries] > asked ? _delays[retries] : asked;
        // Those that failed together must not come back together.
        TimeSpan spread = delay * (1 + (Random.Shared.NextDouble() * MaxJitter));
        return spread < Longest ? spread : Longest;
    }
}

using System.Globalization;
using HdrHistogram;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>How long acknowledgements took, to three digits. May be added to from many threads.</summary>
internal sealed class Latencies
{
    private const long LongestMicroseconds = 60_000_000;
    private const int Digits = 3;
    private const double MicrosecondsAMillisecond = 1_000;

    private readonly LongConcurrentHistogram _histogram = new(1, LongestMicroseconds, Digits);

    /// <summary>How many there are.</summary>
    public long Count => _histogram.TotalCount;

    /// <summary>One more.</summary>
    public void Add(TimeSpan latency) => _histogram.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds));

    /// <summary>The latency in milliseconds that so many percent did not exceed.</summary>
    public double Percentile(double percent) => Count == 0 ? 0 : _histogram.GetValueAtPercentile(percent) / MicrosecondsAMillisecond;

    /// <summary>The latency that so many percent did not exceed, as text.</summary>
    public string Show(double percent) => string.Create(CultureInfo.InvariantCulture, $"{Percentile(percent):N1} ms");
}

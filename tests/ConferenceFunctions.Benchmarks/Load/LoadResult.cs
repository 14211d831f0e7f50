namespace ConferenceFunctions.Benchmarks.Load;

/// <summary>What a load measured.</summary>
/// <param name="Count">Answers with a 2xx status.</param>
/// <param name="Failures">Answers with another status.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="P50">Median of the answers' latency.</param>
/// <param name="P99">99th percentile of the answers' latency.</param>
internal sealed record LoadResult(long Count, long Failures, TimeSpan Elapsed, TimeSpan P50, TimeSpan P99)
{
    public double PerSecond => Count / Elapsed.TotalSeconds;
}

using System.Diagnostics;
using HdrHistogram;

namespace ConferenceFunctions.Benchmarks.Load;

/// <summary>Closed-loop load: every connection sends its next request when it has the answer to the last one.</summary>
internal static class HttpLoad
{
    private const long LongestMicroseconds = 60_000_000;
    private const int Digits = 3;

    /// <summary>Sends one request over and over for some time, each time with another stamp.</summary>
    public static Task<LoadResult> RunAsync(Uri host, StampedRequest request, int connections, TimeSpan duration)
    {
        byte[][] own = [.. Enumerable.Range(0, connections).Select(_ => request.Copy())];
        long end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        return RunAsync(host, connections, connection =>
        {
            request.Stamp(own[connection]);
            return ValueTask.FromResult<ReadOnlyMemory<byte>>(Stopwatch.GetTimestamp() < end ? own[connection] : default);
        });
    }

    /// <summary>Sends what <paramref name="next"/> gives a connection, until it gives it nothing.</summary>
    public static async Task<LoadResult> RunAsync(Uri host, int connections, Func<int, ValueTask<ReadOnlyMemory<byte>>> next)
    {
        LoadConnection[] open = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => LoadConnection.OpenAsync(host)));
        var latency = new LongConcurrentHistogram(1, LongestMicroseconds, Digits);
        long start = Stopwatch.GetTimestamp();
        long[] failures = await Task.WhenAll(open.Select((connection, index) => Task.Run(() => SendAsync(connection, () => next(index), latency))));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        Array.ForEach(open, connection => connection.Dispose());
        return new LoadResult(
            latency.TotalCount,
            failures.Sum(),
            elapsed,
            TimeSpan.FromMicroseconds(latency.TotalCount == 0 ? 0 : latency.GetValueAtPercentile(50)),
            TimeSpan.FromMicroseconds(latency.TotalCount == 0 ? 0 : latency.GetValueAtPercentile(99)));
    }

    private static async Task<long> SendAsync(LoadConnection connection, Func<ValueTask<ReadOnlyMemory<byte>>> next, LongConcurrentHistogram latency)
    {
        long failures = 0;
        while (await next() is { IsEmpty: false } request)
        {
            long start = Stopwatch.GetTimestamp();
            if (await connection.SendAsync(request) is >= 200 and < 300)
            {
                latency.RecordValue(Math.Clamp((long)Stopwatch.GetElapsedTime(start).TotalMicroseconds, 1, LongestMicroseconds));
            }
            else
            {
                failures++;
            }
        }

        return failures;
    }
}

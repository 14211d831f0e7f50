using System.Diagnostics;
using ConferenceFunctions.Benchmarks.Figures;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>What one step costs per callback.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Microseconds">CPU time.</param>
/// <param name="Bytes">Bytes allocated.</param>
internal sealed record Step(string Name, double Microseconds, double Bytes)
{
    private const double WarmUpSeconds = 0.5;
    private const double Seconds = 0.5;
    private const int Chunk = 100;

    /// <summary>Measures a step.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="action">Does it; is told how often before.</param>
    /// <param name="callbacks">How many callbacks it does it for at a time.</param>
    /// <param name="context">How often and how long.</param>
    public static Step Measure(string name, Action<int> action, int callbacks, BenchmarkContext context)
    {
        var sample = new Sample();
        Run(action, context.Rounds.Lasting(WarmUpSeconds));
        for (int round = 0; round < context.Rounds.Count; round++)
        {
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            double count = Run(action, context.Rounds.Lasting(Seconds)) * (double)callbacks;
            sample.Add("bytes", (GC.GetAllocatedBytesForCurrentThread() - bytes) / count);
            sample.Add("cpu", (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count);
        }

        context.Progress($"{name}: {sample["cpu"]:0.00} µs, {sample["bytes"]:0} bytes");
        return new Step(name, sample["cpu"], sample["bytes"]);
    }

    private static int Run(Action<int> action, TimeSpan duration)
    {
        int count = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            for (int i = 0; i < Chunk; i++)
            {
                action(count++);
            }
        }

        return count;
    }
}

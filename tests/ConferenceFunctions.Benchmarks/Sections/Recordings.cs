using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>Recordings, from fetch to commit, onto an Azurite that keeps them on disk; and the memory that large ones take.</summary>
internal static class Recordings
{
    private const long MiB = 1024 * 1024;
    private const long Small = 64 * 1024;
    private const int CopiesPerRound = 4;
    private const int AtOnce = 4;

    private static readonly (int Size, double Wanted)[] Sizes = [(16, 0.8), (256, 0.9)];
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(BenchmarkContext context)
    {
        await using SideProcess source = await SideProcess.StartAsync(Side.AudioSource, null);
        Sample speed = await SpeedAsync(source.BaseUrl, context);
        (double first, double one) = await PeakAsync(source.BaseUrl, 1, context);
        (_, double four) = await PeakAsync(source.BaseUrl, AtOnce, context);
        return
        [
            .. Sizes.Select(size => new Figure(
                $"recording of {size.Size} MiB, MB/s from fetch to commit", Format.Short(speed[$"ours {size.Size}"]), "", Format.Short(speed[$"limit {size.Size}"]))
            {
                Targets = [Target.AtLeast(speed[$"ours {size.Size}"], speed[$"limit {size.Size}"], size.Wanted, "bare copy")],
            }),
            new Figure("memory above idle after a first recording of 64 KiB: code, mostly", Format.Bytes(first)),
            new Figure("peak memory above idle, one recording of 1 GiB", Format.Bytes(one)) { Targets = [Target.AtMost(one / MiB, 48, "MiB")] },
            new Figure($"peak memory above idle, {AtOnce} recordings of 1 GiB at once", Format.Bytes(four)),
        ];
    }

    private static async Task<Sample> SpeedAsync(Uri source, BenchmarkContext context)
    {
        var sample = new Sample();
        await using BenchmarkAzurite azurite = await BenchmarkAzurite.OnDiskAsync();
        await using RecordingSide ours = await RecordingSide.StartAsync(azurite, source);
        await using SideProcess limit = await SideProcess.StartAsync(Side.BareCopy, await azurite.NewAccountAsync());
        (string Name, Func<long, Task<TimeSpan>> CopyAsync)[] sides =
        [
            ("ours", bytes => ours.ArchiveAsync(bytes, 1)),
            ("limit", bytes => limit.DoAsync(RecordingSide.NewRecording(source, bytes).ToString(), Guid.NewGuid().ToString())),
        ];
        foreach ((_, Func<long, Task<TimeSpan>> copyAsync) in sides)
        {
            await copyAsync(16 * MiB);
            await copyAsync(16 * MiB);
        }

        foreach ((int size, _) in Sizes)
        {
            for (int round = 0; round < context.Rounds.Count * context.Rounds.Of(CopiesPerRound); round++)
            {
                foreach ((string name, Func<long, Task<TimeSpan>> copyAsync) in Rounds.Alternating(sides, round))
                {
                    TimeSpan elapsed = await copyAsync(size * MiB);
                    double rate = size * MiB / 1e6 / elapsed.TotalSeconds;
                    context.Progress($"{name}, {size} MiB: {rate:0} MB/s");
                    sample.Add($"{name} {size}", rate);
                }
            }
        }

        return sample;
    }

    /// <summary>
    /// How much more memory a process has, than when it had fetched nothing yet, once it has archived a small recording; and at its
    /// peak, while it archives large ones.
    /// </summary>
    private static async Task<(double First, double Peak)> PeakAsync(Uri source, int count, BenchmarkContext context)
    {
        await using BenchmarkAzurite azurite = await BenchmarkAzurite.OnDiskAsync();
        await using RecordingSide ours = await RecordingSide.StartAsync(azurite, source);
        await Task.Delay(Settle);
        long idle = ours.Process.WorkingSet;
        await ours.ArchiveAsync(Small, 1);
        await Task.Delay(Settle);
        long first = ours.Process.WorkingSet;
        long peak = first;
        Task<TimeSpan> archiving = ours.ArchiveAsync(context.Rounds.Of(1024) * MiB, count);
        while (await Task.WhenAny(archiving, Task.Delay(SampleInterval)) != archiving)
        {
            peak = Math.Max(peak, ours.Process.WorkingSet);
        }

        TimeSpan elapsed = await archiving;
        context.Progress($"{count} at once: {Format.Bytes(peak - idle)} above {Format.Bytes(idle)}, in {elapsed.TotalSeconds:0.0} s");
        return (first - idle, peak - idle);
    }
}

using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>A side that takes callbacks and applies none.</summary>
internal sealed class IntakeSide : IAsyncDisposable
{
    private readonly SideProcess _process;
    private readonly string? _storage;
    private readonly StampedRequest _request;

    private IntakeSide(Side side, SideProcess process, string? storage)
    {
        (Side, _process, _storage) = (side, process, storage);
        _request = StampedRequest.Post(
            new Uri(process.Urls.ConferenceCallback(ConferenceScript.Document)),
            ConferenceScript.Event(Guid.NewGuid().ToString(), "participant-join", ConferenceScript.StampedTimestamp, Guid.NewGuid().ToString(), 3));
    }

    /// <summary>Which it is.</summary>
    public Side Side { get; }

    /// <summary>Starts it.</summary>
    public static async Task<IntakeSide> StartAsync(Side side, string? storage) => new(
        side,
        await SideProcess.StartAsync(
            side, storage, ("AzureWebJobs.ApplyCallbacks.Disabled", "1"), ("AzureWebJobs.ApplyCallback.Disabled", "1"), ("AzureWebJobs.ArchiveRecording.Disabled", "1")),
        storage);

    /// <summary>Posts callbacks for some time, then empties the queue.</summary>
    public async Task<(LoadResult Load, HostStatistics Used)> LoadAsync(int connections, TimeSpan duration)
    {
        HostStatistics before = await _process.StatisticsAsync();
        LoadResult load = await HttpLoad.RunAsync(_process.BaseUrl, _request, connections, duration);
        HostStatistics used = (await _process.StatisticsAsync()).Since(before);
        if (_storage is not null)
        {
            await BenchmarkAzurite.RenewAsync(_storage);
        }

        return (load, used);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}

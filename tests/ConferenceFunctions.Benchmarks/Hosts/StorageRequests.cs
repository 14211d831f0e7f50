using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>Counts every HTTP request that this process sends, by port, as .NET's own client metrics tell: retries, too, and polls of queues.</summary>
internal sealed class StorageRequests : IDisposable
{
    private readonly ConcurrentDictionary<int, long> _byPort = [];
    private readonly MeterListener _listener = new();

    public StorageRequests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "System.Net.Http", Name: "http.client.request.duration" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Count(tags));
        _listener.Start();
    }

    /// <summary>Requests so far.</summary>
    public IReadOnlyDictionary<int, long> ByPort => _byPort.ToDictionary();

    public void Dispose() => _listener.Dispose();

    private void Count(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach ((string name, object? value) in tags)
        {
            if (name == "server.port" && value is int port)
            {
                _byPort.AddOrUpdate(port, 1, (_, count) => count + 1);
            }
        }
    }
}

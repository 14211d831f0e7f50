namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>What a process has used since it started.</summary>
/// <param name="CpuMicroseconds">CPU time of all its threads.</param>
/// <param name="AllocatedBytes">Bytes allocated on the managed heap.</param>
/// <param name="Requests">Requests to storage by port, retries included.</param>
internal sealed record HostStatistics(double CpuMicroseconds, long AllocatedBytes, IReadOnlyDictionary<int, long> Requests)
{
    /// <summary>Requests to storage on that port.</summary>
    public long RequestsTo(Uri service) => Requests.GetValueOrDefault(service.Port);

    /// <summary>What was used since then.</summary>
    public HostStatistics Since(HostStatistics earlier) => new(
        CpuMicroseconds - earlier.CpuMicroseconds,
        AllocatedBytes - earlier.AllocatedBytes,
        Requests.ToDictionary(port => port.Key, port => port.Value - earlier.Requests.GetValueOrDefault(port.Key)));
}

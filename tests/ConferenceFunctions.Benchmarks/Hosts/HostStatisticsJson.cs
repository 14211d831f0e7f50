using System.Text.Json.Serialization;

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>Statistics, as a process tells them.</summary>
[JsonSerializable(typeof(HostStatistics))]
internal sealed partial class HostStatisticsJson : JsonSerializerContext;

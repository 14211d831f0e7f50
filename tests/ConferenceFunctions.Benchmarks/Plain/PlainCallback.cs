namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>A callback of SignalWire.</summary>
internal sealed record PlainCallback(decimal Timestamp, string? ProjectId, string? SpaceId, PlainParams Params);

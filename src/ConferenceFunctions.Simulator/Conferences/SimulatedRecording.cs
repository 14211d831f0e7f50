namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>A recording as SignalWire announces it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Duration">Its duration in seconds.</param>
/// <param name="FileSize">Its size in bytes.</param>
internal sealed record SimulatedRecording(string Id, string Url, int Duration, long FileSize);

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>What came back on a request.</summary>
/// <param name="Status">HTTP status; null where there was no answer.</param>
/// <param name="Body">The body.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Fault">Why there was no answer; null where there was one.</param>
internal sealed record SignalWireAnswer(int? Status, byte[] Body, TimeSpan Elapsed, string? Fault)
{
    /// <summary>Whether it is a yes.</summary>
    public bool Succeeded => Status is >= 200 and < 300;
}

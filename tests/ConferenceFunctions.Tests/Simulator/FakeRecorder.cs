using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>Makes recordings that are nowhere.</summary>
internal sealed class FakeRecorder : IRecorder
{
    public const string Id = "6b0b8f0e-7f4c-4d57-9d0a-5a0f3f0f6b11";

    public const string Url = $"https://example.com/api/v1/recordings/{Id}/download";

    public bool RecordsAlways { get; init; }

    public bool Able { get; init; } = true;

    public TimeSpan? Recorded { get; private set; }

    public bool CanRecord() => Able;

    public SimulatedRecording? Finish(TimeSpan recorded)
    {
        Recorded = recorded;
        return recorded < TimeSpan.FromSeconds(1) ? null : new SimulatedRecording(Id, Url, (int)recorded.TotalSeconds, 16_000 * (long)recorded.TotalSeconds);
    }
}

using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Recordings;

/// <summary>Makes recordings and has them served.</summary>
/// <param name="server">Serves them; null where the backend could not reach it, so that nothing is recorded.</param>
/// <param name="baseUrl">Where the server is, as the backend sees it.</param>
/// <param name="options">What the simulator is asked to do.</param>
internal sealed class SimulatedRecorder(RecordingServer? server, string baseUrl, SimulationOptions options) : IRecorder
{
    private int _made;

    /// <summary>Whether a recording was asked for and could not be made.</summary>
    public bool Declined { get; private set; }

    /// <inheritdoc />
    public bool RecordsAlways => options.Record;

    /// <inheritdoc />
    public bool CanRecord()
    {
        Declined |= server is null;
        return server is not null;
    }

    /// <inheritdoc />
    public SimulatedRecording? Finish(TimeSpan recorded)
    {
        int seconds = Math.Min((int)recorded.TotalSeconds, WaveAudio.MaxSeconds);
        if (server is null || seconds < 1)
        {
            return null;
        }

        // Each recording of a run sounds different.
        RecordedAudio audio = RecordedAudio.Of(WaveAudio.Create(options.Seed + _made++, seconds));
        string id = Guid.NewGuid().ToString();
        server.Add(id, audio);
        return new SimulatedRecording(id, baseUrl + RecordingServer.PathOf(id), seconds, audio.Content.Length);
    }
}

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>How long a conference has been recorded, pauses left out.</summary>
internal sealed class RecordingClock
{
    private long _recorded;
    private long? _since;

    /// <summary>Whether it has been started.</summary>
    public bool Started { get; private set; }

    /// <summary>Whether it is paused.</summary>
    public bool Paused => Started && _since is null;

    /// <summary>Starts it, or goes on with it, at a time in microseconds.</summary>
    public void Run(long at) => (Started, _since) = (true, at);

    /// <summary>Pauses it.</summary>
    public void Pause(long at)
    {
        _recorded += at - (_since ?? at);
        _since = null;
    }

    /// <summary>Stops it.</summary>
    /// <returns>How long was recorded.</returns>
    public TimeSpan Stop(long at)
    {
        Pause(at);
        Started = false;
        return TimeSpan.FromMicroseconds(_recorded);
    }
}

namespace ConferenceFunctions.Simulator;

/// <summary>What the simulator is asked to do.</summary>
public sealed record SimulationOptions
{
    /// <summary>Most participants: each is a call with an interpreter of its own.</summary>
    public const int MaxParticipants = 10_000;

    /// <summary>Longest simulated time in seconds: a day.</summary>
    public const int MaxSeconds = 86_400;

    /// <summary>Greatest speed: nothing is waited for any more.</summary>
    public const int MaxSpeed = 1_000_000;

    /// <summary>URLs of SWML documents. Participant i calls the i-th, those beyond the last one call the last.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>How many call.</summary>
    public int Participants { get; init; } = 4;

    /// <summary>How long it all takes, in seconds of simulated time.</summary>
    public int Seconds { get; init; } = 20;

    /// <summary>How many times faster than real time it runs; 1 or more, so that no event lies in the future.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether conferences are recorded even where their documents do not ask for it.</summary>
    public bool Record { get; init; }

    /// <summary>Public URL that leads to the recording server, for a backend that is not on this machine.</summary>
    public string? RecordingBase { get; init; }

    /// <summary>Port of the recording server on the loopback address; 0 for any that is free.</summary>
    public int RecordingPort { get; init; }

    /// <summary>What the recording server does wrong with every recording, see <see cref="Recordings.RecordingFaults.Words"/>; the first stands before the others.</summary>
    public IReadOnlyList<string> RecordingFaults { get; init; } = [];

    /// <summary>What the script and the audio are made from: the same seed, the same script.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Share of the callbacks that is dropped, never sent, from 0 to below 1: what reconciliation is there for.</summary>
    public double Drop { get; init; }

    /// <summary>Whether recordings and the log of conferences are served on after the comparison, until it is cancelled.</summary>
    public bool Stay { get; init; }

    /// <summary>The project's signing key; null where requests are not signed.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Function key for the API of a deployed app; null where it asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long to wait until the backend has applied everything, in real time.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is wrong with the options, in one line that says what to do; null where they can be used.</summary>
    internal string? Fault() => BackendUrl.Fault(Urls) ?? this switch
    {
        { Participants: < 1 or > MaxParticipants } => $"--participants is {Participants}. Give a number from 1 to {MaxParticipants}.",
        { Seconds: < 1 or > MaxSeconds } => $"--seconds is {Seconds}. Give a number from 1 to {MaxSeconds}.",
        { Speed: not (>= 1 and <= MaxSpeed) } =>
            $"--speed is {Speed}. Give a number from 1 to {MaxSpeed}: slower than real time, events would lie in the future.",
        { Drop: not (>= 0 and < 1) } => $"--drop is {Drop}. Give a share from 0 to below 1, such as 0.05.",
        { RecordingPort: < 0 or > 65_535 } => $"--recording-port is {RecordingPort}. Give a port, or 0 for any that is free.",
        { RecordingFaults: { } faults } when faults.FirstOrDefault(fault => !Recordings.RecordingFaults.IsFault(fault)) is { } unknown =>
            $"--recording-fault is '{unknown}'. Give one of {Recordings.RecordingFaults.Words}.",
        { RecordingBase: { } recordings } when !BackendUrl.IsWeb(recordings) =>
            $"'{recordings}' is no URL. Give --recording-base such as https://example.ngrok.app.",
        _ => null,
    };
}

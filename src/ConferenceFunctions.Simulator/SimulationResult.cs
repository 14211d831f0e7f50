namespace ConferenceFunctions.Simulator;

/// <summary>How a simulation went.</summary>
/// <param name="ExitCode">0: all is right; 1: something is missing, doubled or different; 2: it could not be played.</param>
/// <param name="Message">The summary; where it could not be played, one line that says what to do. Then it is not printed yet.</param>
/// <param name="ConferenceIds">The conferences that were played, in the order in which they came to be.</param>
public sealed record SimulationResult(int ExitCode, string Message, IReadOnlyList<string> ConferenceIds)
{
    /// <summary>Exit code where all is right.</summary>
    public const int Right = 0;

    /// <summary>Exit code where something is missing, doubled or different.</summary>
    public const int Wrong = 1;

    /// <summary>Exit code where it could not be played.</summary>
    public const int NotPlayed = 2;

    /// <summary>Exit code where somebody broke it off with Ctrl+C: nothing has been found out.</summary>
    public const int Interrupted = 130;

    /// <summary>It could not be played.</summary>
    internal static SimulationResult Refuse(string message) => new(NotPlayed, message, []);
}

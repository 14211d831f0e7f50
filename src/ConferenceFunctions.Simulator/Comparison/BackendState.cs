using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>What the backend knows of a conference.</summary>
/// <param name="Conference">The conference; null where it is unknown.</param>
/// <param name="Participants">Its participants.</param>
/// <param name="Log">Its log.</param>
/// <param name="Recordings">Its recordings.</param>
internal sealed record BackendState(
    Conference? Conference,
    IReadOnlyList<Participant> Participants,
    IReadOnlyList<ConferenceLogEntry> Log,
    IReadOnlyList<Recording> Recordings)
{
    /// <summary>The backend knows nothing.</summary>
    public static BackendState Unknown { get; } = new(null, [], [], []);

    /// <summary>SHA-256 of the audio that it hands out, by recording id, where it hands some out: in hexadecimal, lower case.</summary>
    public IReadOnlyDictionary<string, string> AudioHashes { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it could not be asked; null where it could.</summary>
    public string? Fault { get; init; }
}

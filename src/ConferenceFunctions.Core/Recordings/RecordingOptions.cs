using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Settings <c>Recordings</c>: how recordings are fetched and kept.</summary>
public sealed class RecordingOptions
{
    /// <summary>The greatest <see cref="FetchTimeout"/>.</summary>
    internal const string LongestFetch = "00:18:00";

    /// <summary>The section's name.</summary>
    public const string Section = "Recordings";

    /// <summary>
    /// Hosts that recordings may be fetched from, separated by blanks; <c>*.</c> stands for any host below. Case does not matter. Anything else is
    /// refused, since a URL in a callback must not lead into our own network.
    /// </summary>
    public string AllowedHosts { get; set; } = "*.signalwire.com";

    /// <summary>Whether recordings may also be fetched by http from a loopback address: for the simulator, on a laptop.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>Recordings that one instance fetches at a time; each takes up to 20 MiB of memory.</summary>
    [Range(1, 64)]
    public int MaxParallel { get; set; } = 4;

    /// <summary>Largest recording in bytes. What a blob can hold in blocks of 4 MiB is the most.</summary>
    [Range(1, BlockUpload.MaxBytes)]
    public long MaxBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>
    /// How long to wait before each further attempt, separated by blanks (<c>hh:mm:ss</c>, up to six hours each), and up to a fifth
    /// longer. After the last attempt the recording has failed and is a dead letter.
    /// </summary>
    public string RetrySchedule { get; set; } = "00:00:30 00:01:00 00:02:00 00:05:00 00:15:00 00:30:00 01:00:00 02:00:00 04:00:00 06:00:00 06:00:00";

    /// <summary>Longest time that the source may send nothing; then the connection counts as broken.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Longest time of an attempt, the wait until it begins included (half of it at most). The next attempt goes on where it left off.
    /// A second to 18 minutes: where storage refuses what follows from it that is tried for ten more, and all of it has to be over before the
    /// functionTimeout of host.json.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", LongestFetch, ErrorMessage =
        "The setting 'Recordings__FetchTimeout' takes a second to 18 minutes (00:00:01 to 00:18:00): the Functions host ends a function after 30.")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromMinutes(18);

    /// <summary>Whether SignalWire's own copy is deleted once the archived one is verified. Takes the settings <c>SignalWire</c>, and an id in the URL.</summary>
    public bool DeleteAtSource { get; set; }
}

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Settings <c>Recordings</c>: how recordings are fetched and kept.</summary>
public sealed class RecordingOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Recordings";

    /// <summary>
    /// Hosts that recordings may be fetched from, separated by blanks; <c>*.</c> stands for any host below. Anything else is
    /// refused, since a URL in a callback must not lead into our own network.
    /// </summary>
    public string AllowedHosts { get; set; } = "*.signalwire.com";

    /// <summary>Whether recordings may also be fetched by http from a loopback address: for the simulator, on a laptop.</summary>
    public bool AllowLoopback { get; set; }
}

using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>What the events of a conference say about one of its recordings. A function of the set of events, as <see cref="ConferenceState"/>.</summary>
public sealed record RecordingSource
{
    /// <summary>Nothing known yet.</summary>
    public static RecordingSource Empty { get; } = new();

    /// <summary>Where SignalWire has it.</summary>
    public Latest<string>? Url { get; init; }

    /// <summary>Whether SignalWire says that there is none.</summary>
    public Latest<bool>? Absent { get; init; }

    /// <summary>Its size in bytes, as announced.</summary>
    public Latest<long>? FileSize { get; init; }

    /// <summary>Its duration in seconds, as announced.</summary>
    public Latest<double>? Duration { get; init; }

    /// <summary>When that happened which was told last of it, in microseconds since 1970; 0 if unknown.</summary>
    internal long LastTime => new[] { Url?.Stamp, Absent?.Stamp, FileSize?.Stamp, Duration?.Stamp }
        .OfType<string>().Select(Semilattice.TimeOf).DefaultIfEmpty().Max();

    /// <summary>What one event about it says.</summary>
    public static RecordingSource From(ConferenceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        string stamp = Semilattice.StampOf(e);
        return new RecordingSource
        {
            Url = e.RecordingUrl is { Length: > 0 } url ? new(url, stamp) : null,
            Absent = e.Status == ConferenceStatus.RecordAbsent ? new(true, stamp) : null,
            FileSize = e.RecordingFileSize is { } size ? new(size, stamp) : null,
            Duration = e.RecordingDuration is { } duration ? new(duration, stamp) : null,
        };
    }

    /// <summary>What both say together.</summary>
    public static RecordingSource Merge(RecordingSource one, RecordingSource other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new RecordingSource
        {
            Url = Semilattice.Latest(one.Url, other.Url),
            Absent = Semilattice.Latest(one.Absent, other.Absent),
            FileSize = Semilattice.Latest(one.FileSize, other.FileSize),
            Duration = Semilattice.Latest(one.Duration, other.Duration),
        };
    }
}

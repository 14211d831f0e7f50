using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Shows recordings as the API shows them.</summary>
internal static class RecordingView
{
    /// <summary>Id of the one that is shown where a conference was recorded, and nothing was heard of a recording.</summary>
    public const string MissingId = "missing";

    // By then SignalWire has given up repeating its callbacks.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>The recordings of a conference.</summary>
    /// <param name="rows">What is known of them.</param>
    /// <param name="conference">The conference.</param>
    /// <param name="end">When it ended; null as long as it is live.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<Recording> Show(IReadOnlyList<RecordingRow> rows, ConferenceState conference, ConferenceEnd? end, DateTimeOffset now)
    {
        bool isOver = end is not null && EventTime.From(now - Patience) >= end.Time;
        return isOver && IsMissing(rows, conference) ? [.. rows.Select(Show), Missing] : [.. rows.Select(Show)];
    }

    private static Recording Missing => new()
    {
        RecordingId = MissingId,
        Status = RecordingStatus.Missing,
        Attempts = 0,
        Error = "The conference was recorded, and SignalWire did not say where the recording is.",
    };

    /// <summary>Whether nothing was heard of a recording since the conference was last said to be recorded.</summary>
    private static bool IsMissing(IReadOnlyList<RecordingRow> rows, ConferenceState conference)
    {
        long? recorded = conference.Recording is { } recording ? Semilattice.TimeOf(recording.Stamp) : null;
        // What was said at an unknown time may have been said since.
        return recorded is not null && rows.All(row => HeardOf(row.Source) is > 0 and var heard && heard < recorded);
    }

    private static long HeardOf(RecordingSource source) => Semilattice.Max(TimeOf(source.Url?.Stamp), TimeOf(source.Absent?.Stamp)) ?? 0;

    private static long? TimeOf(string? stamp) => stamp is null ? null : Semilattice.TimeOf(stamp);

    private static Recording Show(RecordingRow row)
    {
        RecordingArchive archive = row.Archive;
        bool isArchived = archive.Status == RecordingStatus.Archived;
        long? announced = row.Source.FileSize?.Value;
        return new Recording
        {
            RecordingId = row.Id,
            Status = row.Source is { Url: null, Absent.Value: true } ? RecordingStatus.Absent : archive.Status,
            RecordingUrl = row.Source.Url?.Value,
            RecordingFileSize = announced,
            RecordingDuration = row.Source.Duration?.Value,
            Size = archive.Size,
            SizeMismatch = isArchived && announced is not null && announced != archive.Size ? true : null,
            Sha256 = archive.Sha256,
            // Of one that is on its way, too, it is noted where it will be.
            ContentType = isArchived ? archive.ContentType : null,
            Blob = isArchived ? archive.Blob : null,
            ArchivedAt = archive.ArchivedAt,
            Attempts = archive.Attempts,
            NextAttempt = archive.NextAttempt,
            Error = archive.Error,
            SourceDeletedAt = archive.SourceDeletedAt,
        };
    }
}

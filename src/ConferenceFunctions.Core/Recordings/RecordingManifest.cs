using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>What stands beside the audio of a recording, for whoever finds it years later without this system.</summary>
public sealed record RecordingManifest
{
    /// <summary>What this file is.</summary>
    public string Description { get; init; } =
        "Describes the audio file of the same name without .json: the recording of a telephone conference on SignalWire, archived by ConferenceFunctions. Times are UTC, sizes are bytes.";

    /// <summary>Name of the audio file.</summary>
    public required string File { get; init; }

    /// <summary>Its content type, by its first bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Its SHA-256, 64 hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its length in seconds, as SignalWire announced it.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Its size in bytes as SignalWire announced it.</summary>
    public long? AnnouncedSize { get; init; }

    /// <summary>The recording's id at SignalWire, or a hash of its URL where that has none.</summary>
    public required string RecordingId { get; init; }

    /// <summary>Where it was fetched from, without query.</summary>
    public required string Source { get; init; }

    /// <summary>When it was archived.</summary>
    public required DateTimeOffset ArchivedAt { get; init; }

    /// <summary>The conference's id at SignalWire.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>Name of the conference.</summary>
    public string? ConferenceName { get; init; }

    /// <summary>The SWML document that callers came by.</summary>
    public string? Document { get; init; }

    /// <summary>When the conference started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended, where that was known at the time.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The SignalWire project.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The SignalWire space.</summary>
    public string? SpaceId { get; init; }

    /// <summary>The manifest as text.</summary>
    public BinaryData Write() => new(JsonSerializer.SerializeToUtf8Bytes(this, RecordingManifestJson.Default.RecordingManifest));

    internal static RecordingManifest Of(RecordingJob job, RecordingOrder order, RecordingSource source, ConferenceState conference, RecordingArchive archive) => new()
    {
        File = archive.Blob!.Split('/')[^1],
        ContentType = archive.ContentType!,
        Size = archive.Size!.Value,
        Sha256 = archive.Sha256!,
        DurationSeconds = source.Duration?.Value,
        AnnouncedSize = source.FileSize?.Value,
        RecordingId = job.RecordingId,
        Source = order.Location,
        ArchivedAt = archive.ArchivedAt!.Value,
        ConferenceId = job.ConferenceId,
        ConferenceName = conference.Name?.Value,
        Document = conference.Document?.Value,
        StartedAt = EventTime.ToPoint(conference.Started ?? conference.FirstEvent ?? 0),
        EndedAt = EventTime.ToPoint(conference.Ended ?? 0),
        ProjectId = conference.ProjectId?.Value,
        SpaceId = conference.SpaceId?.Value,
    };
}

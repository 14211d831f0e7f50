namespace ConferenceFunctions.Core.Recordings;

/// <summary>A recording of a conference, as the API shows it.</summary>
public sealed record Recording
{
    /// <summary>Its id.</summary>
    public required string RecordingId { get; init; }

    /// <summary>Where it stands.</summary>
    public required RecordingStatus Status { get; init; }

    /// <summary>Where SignalWire has it.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>Size in bytes that SignalWire announced.</summary>
    public long? RecordingFileSize { get; init; }

    /// <summary>Duration in seconds that SignalWire announced.</summary>
    public double? RecordingDuration { get; init; }

    /// <summary>Size in bytes as archived.</summary>
    public long? Size { get; init; }

    /// <summary>True where the size as archived is not the one that was announced.</summary>
    public bool? SizeMismatch { get; init; }

    /// <summary>SHA-256 of the audio as archived, 64 hex digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Content type by its first bytes.</summary>
    public string? ContentType { get; init; }

    /// <summary>Name of its blob in the container <c>recordings</c>.</summary>
    public string? Blob { get; init; }

    /// <summary>When it was archived.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>How often it was tried to fetch it.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; init; }

    /// <summary>When SignalWire's own copy was deleted.</summary>
    public DateTimeOffset? SourceDeletedAt { get; init; }
}

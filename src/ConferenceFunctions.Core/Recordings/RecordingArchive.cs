namespace ConferenceFunctions.Core.Recordings;

/// <summary>What the archiver knows about a recording. Written by it alone; the merge of events leaves it as it is.</summary>
public sealed record RecordingArchive
{
    /// <summary>A recording that nobody has tried to fetch yet.</summary>
    public static RecordingArchive None { get; } = new();

    /// <summary>Where it stands.</summary>
    public RecordingStatus Status { get; init; }

    /// <summary>Name of the blob in the container <c>recordings</c>; there is one once it is archived.</summary>
    public string? Blob { get; init; }

    /// <summary>Content type by its first bytes.</summary>
    public string? ContentType { get; init; }

    /// <summary>Size in bytes, as archived.</summary>
    public long? Size { get; init; }

    /// <summary>SHA-256 of the audio, 64 hex digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>When it was archived.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>How often it was tried to fetch it.</summary>
    public int Attempts { get; init; }

    /// <summary>How many delays of the schedule have been used up.</summary>
    public int Retries { get; init; }

    /// <summary>When it is tried again.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; init; }

    /// <summary>By what the source tells whether its bytes are still those of which a part is staged; null where none is.</summary>
    public string? SourceValidator { get; init; }

    /// <summary>Length in bytes of what is staged in part.</summary>
    public long? SourceLength { get; init; }

    /// <summary>When SignalWire's own copy was deleted.</summary>
    public DateTimeOffset? SourceDeletedAt { get; init; }
}

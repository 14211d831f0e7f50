using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>Where a recording stands.</summary>
[JsonConverter(typeof(RecordingStatusConverter))]
public enum RecordingStatus
{
    /// <summary>It is to be fetched, or to be tried again.</summary>
    Pending,

    /// <summary>It is in our own storage, whole and verified.</summary>
    Archived,

    /// <summary>It could not be had; the error says why.</summary>
    Failed,

    /// <summary>SignalWire says that there is none: too short, or silent.</summary>
    Absent,

    /// <summary>Recording was started, and nothing was heard of it since.</summary>
    Missing,
}

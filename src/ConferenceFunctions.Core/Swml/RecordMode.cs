using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Whether a conference is recorded.</summary>
public enum RecordMode
{
    /// <summary>It is not.</summary>
    [JsonStringEnumMemberName("do-not-record")]
    DoNotRecord,

    /// <summary>From its start.</summary>
    [JsonStringEnumMemberName("record-from-start")]
    RecordFromStart,
}

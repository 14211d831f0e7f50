using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>What becomes of silence at the start of a recording.</summary>
public enum TrimMode
{
    /// <summary>It is cut off.</summary>
    [JsonStringEnumMemberName("trim-silence")]
    TrimSilence,

    /// <summary>It stays.</summary>
    [JsonStringEnumMemberName("do-not-trim")]
    DoNotTrim,
}

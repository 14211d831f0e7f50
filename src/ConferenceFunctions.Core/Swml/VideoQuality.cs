using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>How fine the video of a conference is.</summary>
public enum VideoQuality
{
    /// <summary>720 lines.</summary>
    [JsonStringEnumMemberName("720p")]
    Lines720,

    /// <summary>1080 lines.</summary>
    [JsonStringEnumMemberName("1080p")]
    Lines1080,
}

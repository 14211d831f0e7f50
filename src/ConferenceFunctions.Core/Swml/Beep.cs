using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>When a beep is heard.</summary>
public enum Beep
{
    /// <summary>When somebody joins or leaves.</summary>
    [JsonStringEnumMemberName("true")]
    Always,

    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("false")]
    Never,

    /// <summary>When somebody joins.</summary>
    [JsonStringEnumMemberName("onEnter")]
    OnEnter,

    /// <summary>When somebody leaves.</summary>
    [JsonStringEnumMemberName("onExit")]
    OnExit,
}

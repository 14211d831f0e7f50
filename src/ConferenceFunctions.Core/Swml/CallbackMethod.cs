using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>The HTTP method of callbacks.</summary>
public enum CallbackMethod
{
    /// <summary>POST.</summary>
    [JsonStringEnumMemberName("POST")]
    Post,

    /// <summary>GET.</summary>
    [JsonStringEnumMemberName("GET")]
    Get,
}

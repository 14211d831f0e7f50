using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>How callbacks are encoded.</summary>
public enum CallbackEventType
{
    /// <summary>JSON.</summary>
    [JsonStringEnumMemberName("relay")]
    Relay,

    /// <summary>A form, with the field names of cXML.</summary>
    [JsonStringEnumMemberName("cxml")]
    Cxml,

    /// <summary>As <see cref="Cxml"/>, by its old name.</summary>
    [JsonStringEnumMemberName("laml")]
    Laml,
}

using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Why a stint ended.</summary>
[JsonConverter(typeof(StintEndConverter))]
public enum StintEnd
{
    /// <summary>The participant left.</summary>
    Left,

    /// <summary>The participant joined again; the leave before was missed.</summary>
    Rejoined,

    /// <summary>The conference ended.</summary>
    ConferenceEnded,

    /// <summary>Nothing more was heard of the conference: its end was probably missed, and with it this one.</summary>
    Stale,
}

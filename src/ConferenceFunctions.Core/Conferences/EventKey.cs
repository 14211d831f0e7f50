using System.Globalization;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What the row key of an event tells, so that intervals can be computed without reading a single body.</summary>
/// <param name="Time">When, in microseconds since 1970; 0 if unknown.</param>
/// <param name="Status">What happened; escaped, which the known statuses are not changed by.</param>
/// <param name="Call">Whose call, escaped.</param>
/// <param name="Id">Id of the event.</param>
internal sealed record EventKey(long Time, string Status, string Call, string Id)
{
    /// <summary>The row key of an event.</summary>
    public static string Of(ConferenceEvent e) => StorageKey.Event(e.Time, e.QualifiedStatus, e.CallId ?? "", e.Id);

    /// <summary>Whether it is the row key of an event.</summary>
    public static bool IsKey(string text) => text.Split('_') is ["e", { Length: 16 } time, _, _, { Length: 32 }] && time.All(char.IsAsciiDigit) && StorageKey.IsKey(text);

    /// <summary>Reads a row key.</summary>
    /// <exception cref="FormatException">It is none of an event.</exception>
    public static EventKey Parse(string rowKey) => rowKey.Split('_') is ["e", var time, var status, var call, var id]
        ? new EventKey(long.Parse(time, CultureInfo.InvariantCulture), status, call, id)
        : throw new FormatException($"'{rowKey}' is no key of an event.");
}

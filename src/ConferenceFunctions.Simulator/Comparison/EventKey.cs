using System.Globalization;
using System.Text.Json;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>
/// Names an event by everything that it says, however that was encoded, so that what was sent is found in the log. Two callbacks
/// that say the very same are one event to anybody.
/// </summary>
internal static class EventKey
{
    private const decimal MicrosecondsASecond = 1_000_000m;

    /// <summary>The key of a callback that was sent.</summary>
    public static string Of(SimulatedCallback callback)
    {
        long time = callback.Event.Time;
        return Join(
            callback.Route.IsForm ? EventTimestamp.Rfc2822(time) : time.ToString(CultureInfo.InvariantCulture),
            CallbackEncoder.Told(callback).Select(field => Show(field.Name, JsonSerializer.SerializeToElement(field.Value))));
    }

    /// <summary>The key of an event in the log.</summary>
    public static string Of(ConferenceLogEntry entry)
    {
        string time = entry.Timestamp switch
        {
            { ValueKind: JsonValueKind.Number } seconds => $"{(long)(seconds.GetDecimal() * MicrosecondsASecond)}",
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            _ => "",
        };
        return Join(time, entry.Params.EnumerateObject().Select(field => Show(field.Name, field.Value)));
    }

    private static string Join(string time, IEnumerable<string> fields) =>
        $"{time}\n{string.Join('\n', fields.Order(StringComparer.Ordinal))}";

    private static string Show(string name, JsonElement value) => $"{name}={value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDecimal().ToString("G29", CultureInfo.InvariantCulture),
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    }}";
}

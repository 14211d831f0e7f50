using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// Turns form fields and query parameters into the JSON of the same event. Four encodings: one parameter that is a JSON document;
/// flat names; <c>params.status</c> or <c>params[status]</c>; and the field names of cXML (<c>ConferenceSid</c>, <c>CallSid</c> …).
/// </summary>
internal static class CallbackForm
{
    private static readonly HashSet<string> TopLevel =
        new(StringComparer.Ordinal) { "event_type", "event_channel", "timestamp", "project_id", "space_id" };

    private static readonly HashSet<string> Booleans =
        new(StringComparer.Ordinal) { "muted", "hold", "start_on_join", "end_on_leave", "coaching" };

    private static readonly HashSet<string> Numbers =
        new(StringComparer.Ordinal) { "timestamp", "size", "recording_file_size", "recording_duration" };

    private static readonly Dictionary<string, string> CxmlNames = new(StringComparer.Ordinal)
    {
        ["AccountSid"] = "project_id",
        ["Timestamp"] = "timestamp",
        ["ConferenceSid"] = "conference_id",
        ["FriendlyName"] = "name",
        ["CallSid"] = "call_id",
        ["StatusCallbackEvent"] = "status",
        ["EventName"] = "status",
        ["RecordingStatus"] = "status",
        ["Muted"] = "muted",
        ["Hold"] = "hold",
        ["Coaching"] = "coaching",
        ["StartConferenceOnEnter"] = "start_on_join",
        ["EndConferenceOnExit"] = "end_on_leave",
        ["Size"] = "size",
        ["Region"] = "region",
        ["RecordingUrl"] = "recording_url",
        ["RecordingFileSize"] = "recording_file_size",
        ["RecordingDuration"] = "recording_duration",
        ["Duration"] = "recording_duration",
        ["ReasonConferenceEnded"] = "reason_ended",
        ["CallSidEndingConference"] = "call_id_ending_conf",
    };

    /// <summary>The event as UTF-8 JSON, or null where the text has no fields.</summary>
    public static byte[]? ToJson(string text)
    {
        IReadOnlyList<KeyValuePair<string, string>> fields = FormFields.Parse(text);
        if (!fields.Any(field => field.Value.Length > 0))
        {
            return null;
        }

        return FindDocument(fields) ?? Write(fields);
    }

    private static byte[]? FindDocument(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        foreach ((string _, string value) in fields)
        {
            if (value.TrimStart().StartsWith('{') && IsEvent(value))
            {
                return System.Text.Encoding.UTF8.GetBytes(value);
            }
        }

        return null;
    }

    private static bool IsEvent(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.TryGetProperty("params", out _) || document.RootElement.TryGetProperty("conference_id", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        bool cxml = fields.Any(field => field.Key is "ConferenceSid" or "CallSid" or "RecordingSid" or "AccountSid");
        var top = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string rawName, string value) in fields)
        {
            string name = cxml ? CxmlNames.GetValueOrDefault(rawName, rawName) : WithoutParams(rawName);
            // The first one counts: StatusCallbackEvent and EventName say the same.
            (TopLevel.Contains(name) ? top : parameters).TryAdd(name, value);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteFields(json, top);
        json.WriteStartObject("params");
        WriteFields(json, parameters);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static string WithoutParams(string name) => name switch
    {
        _ when name.StartsWith("params.", StringComparison.Ordinal) => name["params.".Length..],
        _ when name.StartsWith("params[", StringComparison.Ordinal) && name.EndsWith(']') => name["params[".Length..^1],
        _ => name,
    };

    private static void WriteFields(Utf8JsonWriter json, SortedDictionary<string, string> fields)
    {
        foreach ((string name, string value) in fields)
        {
            json.WritePropertyName(name);
            if (Booleans.Contains(name) && bool.TryParse(value, out bool flag))
            {
                json.WriteBooleanValue(flag);
            }
            else if (Numbers.Contains(name) && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteStringValue(value);
            }
        }
    }
}

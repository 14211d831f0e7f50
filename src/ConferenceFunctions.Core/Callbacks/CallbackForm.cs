using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>
/// Turns form fields and query parameters into the JSON of the same event. Four encodings: one parameter that is a JSON document, of
/// the whole event or of its <c>params</c> beside the other fields; flat names; <c>params.status</c> or <c>params[status]</c>; and the
/// field names of cXML (<c>ConferenceSid</c>, <c>CallSid</c> …).
/// </summary>
internal static class CallbackForm
{
    // One is all that anybody sends; what begins like one and is none costs an exception each time.
    private const int MaxDocuments = 8;

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
        if (!fields.Any(field => field.Value.Length > 0 || IsDocument(field.Key)))
        {
            return null;
        }

        bool cxml = fields.Any(field => field.Key is "ConferenceSid" or "CallSid" or "RecordingSid" or "AccountSid");
        // The fields that say themselves what happened are text, even where a conference's name looks like JSON.
        bool flat = cxml || fields.Any(field => WithoutParams(field.Key) == "status" && field.Value.Length > 0);
        return (flat ? null : FindDocument(fields)) ?? Write(fields, cxml);
    }

    private static byte[]? FindDocument(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        // A whole query that is a document is a name without a value.
        IEnumerable<(string Name, string Text)> texts = fields.Select(field => (field.Key, field.Value.Length > 0 ? field.Value : field.Key));
        foreach ((string name, string text) in texts.Where(field => IsDocument(field.Text)).Take(MaxDocuments))
        {
            if (TryParse(text) is { } document)
            {
                using (document)
                {
                    if (document.RootElement.TryGetProperty("params", out _))
                    {
                        return Encoding.UTF8.GetBytes(text);
                    }

                    if (document.RootElement.TryGetProperty(name == "params" ? "status" : "conference_id", out _))
                    {
                        return fields.Any(field => TopLevel.Contains(field.Key)) ? Write(fields, text) : Encoding.UTF8.GetBytes(text);
                    }
                }
            }
        }

        return null;
    }

    private static bool IsDocument(string text) => text.AsSpan().TrimStart().StartsWith('{');

    private static JsonDocument? TryParse(string json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The event whose <c>params</c> are a JSON document, with the fields beside it.</summary>
    private static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> fields, string parameters)
    {
        var top = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in fields.Where(field => TopLevel.Contains(field.Key)))
        {
            top.TryAdd(name, value);
        }

        return Write(top, json => json.WriteRawValue(parameters));
    }

    private static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> fields, bool cxml)
    {
        var top = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string rawName, string value) in fields)
        {
            string name = cxml ? CxmlNames.GetValueOrDefault(rawName, rawName) : WithoutParams(rawName);
            // The first one counts: StatusCallbackEvent and EventName say the same.
            (TopLevel.Contains(name) ? top : parameters).TryAdd(name, value);
        }

        return Write(top, json =>
        {
            json.WriteStartObject();
            WriteFields(json, parameters);
            json.WriteEndObject();
        });
    }

    private static byte[] Write(SortedDictionary<string, string> top, Action<Utf8JsonWriter> writeParameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteFields(json, top);
        json.WritePropertyName("params");
        writeParameters(json);
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

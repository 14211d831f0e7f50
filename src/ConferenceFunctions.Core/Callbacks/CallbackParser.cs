using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Reads callbacks as events. Lenient in types (a number may come as text), strict in what an event cannot do without.</summary>
public static class CallbackParser
{
    /// <summary>Largest callback in bytes.</summary>
    public const int MaxBytes = 32 * 1024;

    // The year 2000: there was no SignalWire before, and a clock that says so was never set.
    private const long MinTime = 946_684_800_000_000;

    // Sixteen digits: what the key of an event has room for. The year 2286.
    private const long MaxTime = 9_999_999_999_999_999;

    // RFC 3339, and RFC 2822 as cXML has it. Whole dates only: a time that stands for today would be another one tomorrow.
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "ddd, d MMM yyyy HH:mm:ss zzz", "ddd, d MMM yyyy HH:mm:ss 'GMT'", "d MMM yyyy HH:mm:ss zzz",
    ];

    /// <summary>Reads a callback. Where it is no event, <paramref name="fault"/> says what to change; it never quotes the body.</summary>
    public static bool TryParse(
        ReadOnlyMemory<byte> body, CallbackKind kind, [NotNullWhen(true)] out ConferenceEvent? callback, [NotNullWhen(false)] out string? fault)
    {
        callback = null;
        CallbackPayload? payload = null;
        try
        {
            return CallbackPayload.TryRead(body, out payload, out fault) && TryParse(payload, kind, out callback, out fault);
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for half a surrogate pair in a string.
            fault = "The body contains a string that is not valid Unicode.";
            return false;
        }
        finally
        {
            payload?.Dispose();
        }
    }

    private static bool TryParse(CallbackPayload payload, CallbackKind kind, out ConferenceEvent? callback, out string? fault)
    {
        (callback, fault) = (null, null);
        JsonElement root = payload.Root;
        JsonElement parameters = payload.Params;
        string? status = Text(parameters, "status");
        string? conference = Text(parameters, "conference_id");
        if (string.IsNullOrEmpty(status))
        {
            fault = "The event has no status. 'params.status' names what happened, such as participant-join.";
            return false;
        }

        if (string.IsNullOrEmpty(conference) && !(kind == CallbackKind.Recording && CanBeMatched(parameters)))
        {
            fault = "The event has no conference. 'params.conference_id' is the conference's unique id.";
            return false;
        }

        callback = new ConferenceEvent
        {
            Id = CallbackId.Compute(payload),
            ConferenceId = conference ?? "",
            Status = kind == CallbackKind.Recording ? RecordingStatus(status, parameters) : status,
            Time = Time(root),
            EventType = Text(root, "event_type") is { Length: > 0 } type ? type : ConferenceEvent.ConferenceEventType,
            EventChannel = Text(root, "event_channel"),
            ProjectId = Text(root, "project_id"),
            SpaceId = Text(root, "space_id"),
            CallId = Text(parameters, "call_id"),
            Name = Text(parameters, "name"),
            Size = Integer(parameters, "size") is { } size and <= int.MaxValue ? (int)size : null,
            NodeId = Text(parameters, "node_id"),
            SegmentId = Text(parameters, "segment_id"),
            Region = Text(parameters, "region"),
            Tag = Text(parameters, "tag"),
            Muted = Flag(parameters, "muted"),
            Hold = Flag(parameters, "hold"),
            StartOnJoin = Flag(parameters, "start_on_join"),
            EndOnLeave = Flag(parameters, "end_on_leave"),
            Coaching = Flag(parameters, "coaching"),
            RecordingUrl = Text(parameters, "recording_url"),
            RecordingFileSize = Integer(parameters, "recording_file_size"),
            RecordingDuration = Number(parameters, "recording_duration") is { } duration and >= 0 ? (double)duration : null,
            ReasonEnded = Text(parameters, "reason_ended"),
            CallIdEndingConf = Text(parameters, "call_id_ending_conf"),
        };
        return true;
    }

    private static bool CanBeMatched(JsonElement parameters) =>
        !string.IsNullOrEmpty(Text(parameters, "call_id")) || !string.IsNullOrEmpty(Text(parameters, "recording_url"));

    // Recording callbacks of the cXML type say what status a recording has; the others what happened to it.
    private static string RecordingStatus(string status, JsonElement parameters) => status switch
    {
        "in-progress" => ConferenceStatus.RecordStart,
        "completed" when string.IsNullOrEmpty(Text(parameters, "recording_url")) => ConferenceStatus.RecordAbsent,
        "completed" => ConferenceStatus.RecordStop,
        "absent" => ConferenceStatus.RecordAbsent,
        _ => status,
    };

    private static string? Text(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static bool? Flag(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out JsonElement value) ? null
        : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String when bool.TryParse(value.GetString(), out bool flag) => flag,
            _ => null,
        };

    private static decimal? Number(JsonElement parent, string name) =>
        decimal.TryParse(Text(parent, name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? number : null;

    private static long? Integer(JsonElement parent, string name) =>
        Number(parent, name) is { } number and >= 0 and <= long.MaxValue ? (long)number : null;

    /// <summary>Unix time in seconds, as documented; milliseconds and microseconds by their size; RFC 3339 and, from cXML, RFC 2822.</summary>
    private static long Time(JsonElement root)
    {
        if (Number(root, "timestamp") is { } number)
        {
            decimal microseconds = number switch
            {
                <= 0 => 0,
                < 100_000_000_000m => number * 1_000_000,
                < 100_000_000_000_000m => number * 1_000,
                _ => number,
            };
            return microseconds is >= MinTime and <= MaxTime ? (long)microseconds : 0;
        }

        return DateTimeOffset.TryParseExact(
                Text(root, "timestamp"),
                TimeFormats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces,
                out DateTimeOffset time)
            && EventTime.From(time) is >= MinTime and var read
            ? Math.Min(read, MaxTime)
            : 0;
    }
}

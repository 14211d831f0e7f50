using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>
/// Makes events of what SignalWire's log says and no callback told. They go the way of callbacks, so that the state of a conference
/// stays a function of the set of events in its log, and are of the kind <see cref="CallbackKind.Reconciliation"/>.
/// </summary>
internal static class ReconciledEvent
{
    /// <summary>Where it was found.</summary>
    public const string Source = "logs/conferences";

    /// <summary>There was such a conference.</summary>
    public static QueuedCallback Start(SignalWireConference conference, DateTimeOffset now) =>
        Create(conference, ConferenceStatus.ConferenceStart, EventTime.From(conference.CreatedAt), now);

    /// <summary>It is over.</summary>
    /// <param name="conference">The conference.</param>
    /// <param name="lastEvent">Time of the last event that is known: it did not end before.</param>
    /// <param name="now">When it was found.</param>
    public static QueuedCallback End(SignalWireConference conference, long lastEvent, DateTimeOffset now) =>
        Create(conference, ConferenceStatus.ConferenceEnd, Math.Max(EventTime.From(conference.UpdatedAt), lastEvent), now);

    /// <summary>It has a recording.</summary>
    public static QueuedCallback RecordStop(SignalWireConference conference, DateTimeOffset now) =>
        Create(conference, ConferenceStatus.RecordStop, EventTime.From(conference.UpdatedAt), now);

    private static QueuedCallback Create(SignalWireConference conference, string status, long at, DateTimeOffset now)
    {
        byte[] body = Write(conference, status, at);
        return CallbackParser.TryParse(body, CallbackKind.Reconciliation, out ConferenceEvent? e, out string? fault)
            ? new QueuedCallback(e.Id, CallbackKind.Reconciliation, "", now, body)
            : throw new FormatException(fault);
    }

    private static byte[] Write(SignalWireConference conference, string status, long at)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("event_type"u8, ConferenceEvent.ConferenceEventType);
        json.WritePropertyName("timestamp"u8);
        json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"{at / 1_000_000}.{at % 1_000_000:D6}"));
        json.WriteStartObject("params"u8);
        json.WriteString("conference_id"u8, conference.Id);
        json.WriteString("status"u8, status);
        json.WriteString("source"u8, Source);
        if (conference.Name is not null)
        {
            json.WriteString("name"u8, conference.Name);
        }

        if (status == ConferenceStatus.RecordStop)
        {
            WriteRecording(json, conference);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecording(Utf8JsonWriter json, SignalWireConference conference)
    {
        json.WriteString("recording_url"u8, conference.RecordingUrl);
        if (conference.RecordingFileSize is { } size)
        {
            json.WriteNumber("recording_file_size"u8, size);
        }

        if (conference.RecordingDuration is { } duration)
        {
            json.WriteNumber("recording_duration"u8, duration);
        }
    }
}

using System.Globalization;
using System.Text.Json;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>A conference in SignalWire's log: an item of the type <c>relay_conference</c>.</summary>
/// <param name="Id">The conference's unique id, as in its callbacks.</param>
/// <param name="Status">Its status.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When the entry was last changed; where that is not told, or can't be true, when it was created.</param>
public sealed record SignalWireConference(string Id, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    // Whole dates only: a time that stands for today would be another one tomorrow.
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss 'UTC'"];

    // What the key of an event has room for.
    private static readonly DateTimeOffset Latest = new(2286, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Where its recording is; null without one.</summary>
    public string? RecordingUrl { get; init; }

    /// <summary>Size of the recording in bytes.</summary>
    public long? RecordingFileSize { get; init; }

    /// <summary>Duration of the recording in seconds.</summary>
    public double? RecordingDuration { get; init; }

    /// <summary>Whether it is over. A status that is unknown here does not say so.</summary>
    public bool IsEnded => Status.Equals("completed", StringComparison.OrdinalIgnoreCase) || Status.Equals("ended", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Reads an item. Null where it lacks what nothing can be done without, its id or its time, or is no item at all: one of them must
    /// not keep the others on its page from being read.
    /// </summary>
    public static SignalWireConference? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || Text(item, "id") is not { Length: > 0 } id || Time(item, "created_at") is not { } created)
        {
            return null;
        }

        return new SignalWireConference(id, Text(item, "status") ?? "", created, Time(item, "updated_at") is { } updated && updated > created ? updated : created)
        {
            Name = Text(item, "name"),
            RecordingUrl = Text(item, "recording_url"),
            RecordingFileSize = Number(item, "recording_file_size") is { } size ? (long)size : null,
            RecordingDuration = Number(item, "recording_duration") is { } duration ? (double)duration : null,
        };
    }

    private static string? Text(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            // What System.Text.Json throws for half a surrogate pair in a string.
            return null;
        }
    }

    private static decimal? Number(JsonElement item, string name) =>
        decimal.TryParse(Text(item, name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number is >= 0 and <= long.MaxValue
            ? number
            : null;

    /// <summary>A time that an event can have.</summary>
    private static DateTimeOffset? Time(JsonElement item, string name) =>
        DateTimeOffset.TryParseExact(Text(item, name), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
        && time > DateTimeOffset.UnixEpoch && time < Latest ? time : null;
}

using System.Globalization;
using System.Text.Json;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>A conference in SignalWire's log: an item of the type <c>relay_conference</c>.</summary>
/// <param name="Id">The conference's unique id, as in its callbacks.</param>
/// <param name="Status">Its status.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="UpdatedAt">When the entry was last changed; where that is not told, when it was created.</param>
public sealed record SignalWireConference(string Id, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
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

    /// <summary>Reads an item; null where it lacks what nothing can be done without, its id or its time.</summary>
    public static SignalWireConference? Read(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && Text(item, "id") is { Length: > 0 } id && Time(item, "created_at") is { } created
            ? new SignalWireConference(id, Text(item, "status") ?? "", created, Time(item, "updated_at") ?? created)
            {
                Name = Text(item, "name"),
                RecordingUrl = Text(item, "recording_url"),
                RecordingFileSize = Number(item, "recording_file_size") is { } size ? (long)size : null,
                RecordingDuration = Number(item, "recording_duration") is { } duration ? (double)duration : null,
            }
            : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;

    private static decimal? Number(JsonElement item, string name) =>
        decimal.TryParse(Text(item, name), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) && number is >= 0 and <= long.MaxValue
            ? number
            : null;

    private static DateTimeOffset? Time(JsonElement item, string name) =>
        DateTimeOffset.TryParse(Text(item, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}

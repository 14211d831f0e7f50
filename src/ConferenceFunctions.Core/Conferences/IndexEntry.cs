using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What the index says about a conference, and under which keys.</summary>
/// <param name="Sort">Start of the conference, by which lists are sorted, latest first; microseconds since 1970, 0 if unknown.</param>
/// <param name="LastEvent">Its last event, up to whose day it is found.</param>
/// <param name="Live">Whether it has not ended.</param>
/// <param name="Name">Its name, escaped: however long the name is, the entry fits into its column.</param>
/// <param name="Document">Its document, escaped.</param>
internal sealed record IndexEntry(long Sort, long LastEvent, bool Live, string? Name, string? Document)
{
    /// <summary>Partition of conferences that have not ended.</summary>
    public const string LivePartition = "live";

    /// <summary>What the partitions of days begin with.</summary>
    public const string DayPrefix = "day_";

    /// <summary>Behind the partition of the earliest day.</summary>
    public const string AfterDays = DayPrefix + "~";

    /// <summary>What the partitions of names begin with.</summary>
    public const string NamePrefix = "name_";

    /// <summary>What the partitions of documents begin with.</summary>
    public const string DocumentPrefix = "document_";

    // The year 2700.
    private const long MaxDay = 299_999;

    // A conference does not last longer; one with a forged timestamp must not fill the index.
    private const int MaxDays = 60;

    /// <summary>The index says this about a conference in that state.</summary>
    public static IndexEntry Of(ConferenceState state) => new(
        state.Started ?? state.FirstEvent ?? 0,
        // A change within a day changes nothing in the index.
        EventTime.StartOfDay(state.LastEvent ?? 0),
        state.End is null,
        state.Name is { } name ? StorageKey.Escape(name.Value) : null,
        state.Document is { } document ? StorageKey.Escape(document.Value) : null);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IndexEntry? Read(string? text) => text is null ? null : JsonSerializer.Deserialize(text, IndexEntryJson.Default.IndexEntry);

    /// <summary>The entry as text.</summary>
    public string Write() => JsonSerializer.Serialize(this, IndexEntryJson.Default.IndexEntry);

    /// <summary>The rows that lead to the conference.</summary>
    public IEnumerable<(string PartitionKey, string RowKey)> Rows(string conferenceId)
    {
        string row = RowKey(conferenceId);
        foreach (long day in Days())
        {
            yield return (DayPartition(day), row);
        }

        if (Live)
        {
            yield return (LivePartition, row);
        }

        if (Name is not null)
        {
            yield return (NamePrefix + Name, row);
        }

        if (Document is not null)
        {
            yield return (DocumentPrefix + Document, row);
        }
    }

    /// <summary>The row key that leads to the conference in every partition.</summary>
    public string RowKey(string conferenceId) => $"{StorageKey.Descending(Sort)}_{StorageKey.Escape(conferenceId)}";

    /// <summary>The first day on which it is found.</summary>
    [JsonIgnore]
    public long FirstDay => EventTime.StartOfDay(Sort);

    /// <summary>The last day on which it is found.</summary>
    [JsonIgnore]
    public long LastDay => Days().Last();

    /// <summary>The partition of a name.</summary>
    public static string NamePartition(string name) => NamePrefix + StorageKey.Escape(name);

    /// <summary>The partition of a document.</summary>
    public static string DocumentPartition(string document) => DocumentPrefix + StorageKey.Escape(document);

    /// <summary>The partition of the day of that time; later days sort first.</summary>
    public static string DayPartition(long time) =>
        string.Create(CultureInfo.InvariantCulture, $"{DayPrefix}{MaxDay - (Math.Max(0, time) / EventTime.Day):D6}");

    private IEnumerable<long> Days()
    {
        int days = (int)Math.Clamp(((LastEvent - FirstDay) / EventTime.Day) + 1, 1, MaxDays);
        return Enumerable.Range(0, days).Select(day => FirstDay + (day * EventTime.Day));
    }
}

using System.Globalization;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What the index says about a conference, and under which keys.</summary>
/// <param name="Sort">Start of the conference, by which lists are sorted, latest first; microseconds since 1970, 0 if unknown.</param>
/// <param name="LastEvent">Begin of the day of its last event, up to which it is found.</param>
/// <param name="Live">Whether it has not ended.</param>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its document.</param>
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

    /// <summary>The index says this about a conference in that state; null where nothing is known of it.</summary>
    public static IndexEntry? Of(ConferenceState state) => state == ConferenceState.Empty ? null : new(
        state.Started ?? state.FirstEvent ?? 0,
        // A change within a day changes nothing in the index.
        EventTime.StartOfDay(state.LastEvent ?? 0),
        state.End is null,
        state.Name?.Value,
        state.Document?.Value);

    /// <summary>The rows that lead to a conference; none where there is no such conference.</summary>
    public static HashSet<IndexPosition> PositionsOf(ConferenceRow? row) => row is null ? [] : [.. Of(row.State)?.Positions(row.Id) ?? []];

    /// <summary>The rows that lead to the conference.</summary>
    public IEnumerable<IndexPosition> Positions(string conferenceId)
    {
        string row = RowKey(conferenceId);
        foreach (long day in Days)
        {
            yield return new(DayPartition(day), row);
        }

        if (Live)
        {
            yield return new(LivePartition, row);
        }

        if (Name is not null)
        {
            yield return new(NamePartition(Name), row);
        }

        if (Document is not null)
        {
            yield return new(DocumentPartition(Document), row);
        }
    }

    /// <summary>The row key that leads to the conference in every partition.</summary>
    public string RowKey(string conferenceId) => $"{StorageKey.Descending(Sort)}_{StorageKey.Escape(conferenceId)}";

    /// <summary>The days on which it is found, in order: those from its start to its last event, of which the last is never left out.</summary>
    public IEnumerable<long> Days
    {
        get
        {
            long first = EventTime.StartOfDay(Sort);
            long last = Math.Max(first, LastEvent);
            int count = (int)Math.Min(((last - first) / EventTime.Day) + 1, MaxDays);
            return Enumerable.Range(1, count).Select(day => day == count ? last : first + ((day - 1) * EventTime.Day));
        }
    }

    /// <summary>The partition of a name.</summary>
    public static string NamePartition(string name) => NamePrefix + StorageKey.Escape(name);

    /// <summary>The partition of a document.</summary>
    public static string DocumentPartition(string document) => DocumentPrefix + StorageKey.Escape(document);

    /// <summary>The partition of the day of that time; later days sort first.</summary>
    public static string DayPartition(long time) =>
        string.Create(CultureInfo.InvariantCulture, $"{DayPrefix}{MaxDay - (Math.Max(0, time) / EventTime.Day):D6}");
}

using System.Runtime.CompilerServices;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Lists conferences, latest first, by following the hints of the index to the conferences' own rows.</summary>
public sealed class ConferenceList(StorageAccount account, IOptions<ConferenceOptions> options, TimeProvider time)
{
    private const int SideBySide = 32;

    // A page that finds little ends here and tells where to go on, rather than search on for minutes.
    private const int MaxHints = 2000;

    // Sorts behind everything that an escaped part can have.
    private const string Last = "~~~";

    private readonly ConferenceIndex _index = new(account);
    private readonly ConferencePartition _partition = new(account);
    private readonly ConferenceView _view = new(options, time);

    /// <summary>Whether it is a cursor.</summary>
    public static bool IsCursor(string cursor) => IndexPosition.FromCursor(cursor) is not null;

    /// <summary>A page of conferences.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Cursor of the page before; null for the first page.</param>
    /// <param name="limit">Most conferences of the page.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The conferences, and the cursor of the next page, null on the last one. There may be fewer than asked for, and yet a next page.</returns>
    public async Task<(IReadOnlyList<Conference> Conferences, string? Cursor)> ReadAsync(
        ConferenceFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        IndexPosition? after = cursor is null ? null : IndexPosition.FromCursor(cursor);
        List<Conference> conferences = [];
        IndexPosition? last = after;
        int seen = 0;
        await foreach (IndexHint[] hints in HintsAsync(filter, after, cancellationToken).Chunk(SideBySide).WithCancellation(cancellationToken))
        {
            ConferenceRow?[] rows = await Task.WhenAll(hints.Select(hint => _partition.FindAsync(hint.ConferenceId, cancellationToken)));
            foreach ((IndexHint hint, ConferenceRow? row) in hints.Zip(rows))
            {
                if (conferences.Count == limit)
                {
                    return (conferences, last!.ToCursor());
                }

                last = hint.Position;
                if (await FollowAsync(hint, row, filter, cancellationToken) is { } conference)
                {
                    conferences.Add(conference);
                }
            }

            if ((seen += hints.Length) >= MaxHints)
            {
                return (conferences, last!.ToCursor());
            }
        }

        return (conferences, null);
    }

    /// <summary>The hints that may lead to what the filter wants, from wherever they are fewest.</summary>
    private IAsyncEnumerable<IndexHint> HintsAsync(ConferenceFilter filter, IndexPosition? after, CancellationToken cancellationToken) => filter switch
    {
        { Name: { } name } => _index.ReadAsync(after, IndexEntry.NamePartition(name), IndexEntry.NamePartition(name), cancellationToken),
        { NamePrefix: { Length: > 0 } prefix } => _index.ReadAsync(
            after, IndexEntry.NamePrefix + StorageKey.EscapePrefix(prefix), IndexEntry.NamePrefix + StorageKey.EscapePrefix(prefix) + Last, cancellationToken),
        { Document: { } document } => _index.ReadAsync(after, IndexEntry.DocumentPartition(document), IndexEntry.DocumentPartition(document), cancellationToken),
        { Live: true } => _index.ReadAsync(after, IndexEntry.LivePartition, IndexEntry.LivePartition, cancellationToken),
        _ => DaysAsync(filter, after, cancellationToken),
    };

    /// <summary>By day, the last day first. What is in progress had perhaps no event on the days asked for, so it comes after them.</summary>
    private async IAsyncEnumerable<IndexHint> DaysAsync(
        ConferenceFilter filter, IndexPosition? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string from = filter.To is { } to ? IndexEntry.DayPartition(EventTime.From(to)) : IndexEntry.DayPrefix;
        string until = filter.From is { } since ? IndexEntry.DayPartition(EventTime.From(since)) : IndexEntry.DayPrefix + Last;
        if (after?.PartitionKey != IndexEntry.LivePartition)
        {
            await foreach (IndexHint hint in _index.ReadAsync(after, from, until, cancellationToken))
            {
                yield return hint;
            }
        }

        if (filter.From is not null)
        {
            IndexPosition? afterLive = after?.PartitionKey == IndexEntry.LivePartition ? after : null;
            await foreach (IndexHint hint in _index.ReadAsync(afterLive, IndexEntry.LivePartition, IndexEntry.LivePartition, cancellationToken))
            {
                yield return hint;
            }
        }
    }

    /// <summary>The conference to which a hint leads; null where it is not wanted, or is told of by another hint.</summary>
    private async Task<Conference?> FollowAsync(IndexHint hint, ConferenceRow? row, ConferenceFilter filter, CancellationToken cancellationToken)
    {
        if (row is null || IndexEntry.Of(row.State) is not { } entry || !entry.Positions(hint.ConferenceId).Contains(hint.Position))
        {
            // Left behind by a writer that was overtaken, or by an erasure.
            await _index.DeleteAsync(hint, cancellationToken);
            return null;
        }

        Conference conference = _view.Show(row);
        return IsItsTurn(hint, entry, filter) && Matches(filter, conference, _view.EndOf(row)) ? conference : null;
    }

    /// <summary>
    /// Whether this is the hint by which a conference of several days is told of: the one of its first day that was asked for. That
    /// does not change while the conference goes on, and keeps the list in the order of starting.
    /// </summary>
    private static bool IsItsTurn(IndexHint hint, IndexEntry entry, ConferenceFilter filter)
    {
        long from = filter.From is { } since ? EventTime.StartOfDay(EventTime.From(since)) : long.MinValue;
        long? first = entry.Days.Cast<long?>().FirstOrDefault(day => day >= from);
        if (hint.Position.PartitionKey.StartsWith(IndexEntry.DayPrefix, StringComparison.Ordinal))
        {
            return first is { } day && hint.Position.PartitionKey == IndexEntry.DayPartition(day);
        }

        bool byDay = filter is { Name: null, NamePrefix: null or "", Document: null, Live: null or false };
        return !byDay || first is null || first > EventTime.From(filter.To ?? DateTimeOffset.MaxValue);
    }

    private static bool Matches(ConferenceFilter filter, Conference conference, ConferenceEnd? end) =>
        (filter.Live is null || filter.Live == conference.Live)
        && (filter.Name is null || filter.Name == conference.Name)
        && (string.IsNullOrEmpty(filter.NamePrefix) || conference.Name?.StartsWith(filter.NamePrefix, StringComparison.Ordinal) == true)
        && (filter.Document is null || filter.Document == conference.Document)
        && (filter.To is null || conference.StartedAt is null || conference.StartedAt < filter.To)
        && (filter.From is null || end is null || (EventTime.ToPoint(end.Time) ?? conference.LastEventAt) >= filter.From);
}

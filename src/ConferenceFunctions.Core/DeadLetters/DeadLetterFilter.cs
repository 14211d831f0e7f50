using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Which dead letters are meant. What is null does not matter.</summary>
public sealed record DeadLetterFilter
{
    /// <summary>Only those of that queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Only those with that reason, one of <see cref="DeadLetterReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Only those of that conference.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>Only those first seen at that time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those first seen before that time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The filter of a query. Its range of row keys is all that the server has to look at.</summary>
    /// <param name="cursor">Id of the letter behind which to begin; null for the beginning.</param>
    internal string ToQuery(string? cursor)
    {
        // "!" sorts before every character that a key has.
        string first = cursor is not null ? DeadLetterId.RowPrefix + cursor + "!"
            : To is { } to ? DeadLetterId.RowsSeenBefore(to)
            : DeadLetterId.RowPrefix;
        string end = From is { } from ? DeadLetterId.RowsSeenBefore(from) : StorageKey.After(DeadLetterId.RowPrefix);
        List<string> terms = [TableClient.CreateQueryFilter($"PartitionKey eq {DeadLetterEntities.Partition} and RowKey ge {first} and RowKey lt {end}")];
        if (Queue is not null)
        {
            terms.Add(TableClient.CreateQueryFilter($"queue eq {Queue}"));
        }

        if (Reason is not null)
        {
            terms.Add(TableClient.CreateQueryFilter($"reason eq {Reason}"));
        }

        if (ConferenceId is not null)
        {
            terms.Add(TableClient.CreateQueryFilter($"conference eq {StorageKey.Escape(ConferenceId)}"));
        }

        return string.Join(" and ", terms);
    }
}

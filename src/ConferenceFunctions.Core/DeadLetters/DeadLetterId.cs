using System.Text.RegularExpressions;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Ids of dead letters: when one was first seen, such that later ones sort first, and the hash of what failed.</summary>
internal static partial class DeadLetterId
{
    /// <summary>What the row keys of letters begin with; the id follows.</summary>
    public const string RowPrefix = "l_";

    /// <summary>The id of a letter first seen at that time.</summary>
    public static string Of(DateTimeOffset firstSeen, string hash) => $"{StorageKey.Descending(EventTime.From(firstSeen))}_{hash}";

    /// <summary>Whether it has the form of an id.</summary>
    public static bool IsValid(string id) => Pattern().IsMatch(id);

    /// <summary>A row key behind those of all letters first seen at that time or later, and before those of all seen earlier.</summary>
    public static string RowsSeenBefore(DateTimeOffset time) =>
        StorageKey.After($"{RowPrefix}{StorageKey.Descending(EventTime.From(time))}_");

    [GeneratedRegex(@"^[0-9]{16}_[0-9a-f]{32}\z")]
    private static partial Regex Pattern();
}

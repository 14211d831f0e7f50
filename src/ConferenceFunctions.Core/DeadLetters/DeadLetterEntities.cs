using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>The rows of the table <c>deadletters</c> as table entities and back.</summary>
internal static class DeadLetterEntities
{
    /// <summary>The one partition, so that lists are ranges of row keys.</summary>
    public const string Partition = "letters";

    /// <summary>What the row keys begin with that lead from the hash of a letter to its row.</summary>
    public const string HashPrefix = "h_";

    // Of a text that is longer the beginning tells enough; a property takes 32 Ki characters.
    private const int MaxText = 2000;

    public static TableEntity ToEntity(NewDeadLetter letter, string hash, string blob, DateTimeOffset now) =>
        new(Partition, DeadLetterId.RowPrefix + DeadLetterId.Of(now, hash))
        {
            ["hash"] = hash,
            ["queue"] = letter.Queue,
            ["reason"] = letter.Reason,
            ["content"] = letter.Content.ToString(),
            ["error"] = Cut(letter.Error),
            ["exception_type"] = letter.ExceptionType,
            ["attempts"] = letter.Attempts,
            ["first_seen"] = now,
            ["last_seen"] = now,
            ["conference_id"] = Cut(letter.ConferenceId),
            // What is asked for in a filter has to be short, and whole.
            ["conference"] = letter.ConferenceId is { } id ? StorageKey.Escape(id) : null,
            ["document"] = Cut(letter.Document),
            ["received_at"] = letter.ReceivedAt,
            ["size"] = (long)letter.Body.Length,
            ["blob"] = blob,
        };

    /// <summary>What changes when a letter is seen again.</summary>
    public static TableEntity SeenAgain(TableEntity known, NewDeadLetter letter, DateTimeOffset now) => new(Partition, known.RowKey)
    {
        ["last_seen"] = now,
        ["attempts"] = (known.GetInt32("attempts") ?? 0) + letter.Attempts,
        ["error"] = Cut(letter.Error),
        ["exception_type"] = letter.ExceptionType,
    };

    public static DeadLetter ToLetter(TableEntity entity) => new()
    {
        Id = entity.RowKey[DeadLetterId.RowPrefix.Length..],
        Queue = entity.GetString("queue"),
        Reason = entity.GetString("reason"),
        Error = entity.GetString("error"),
        ExceptionType = entity.GetString("exception_type"),
        Attempts = entity.GetInt32("attempts") ?? 0,
        FirstSeen = entity.GetDateTimeOffset("first_seen") ?? default,
        LastSeen = entity.GetDateTimeOffset("last_seen") ?? default,
        ConferenceId = entity.GetString("conference_id"),
        Document = entity.GetString("document"),
        ReceivedAt = entity.GetDateTimeOffset("received_at"),
        Content = Enum.Parse<DeadLetterContent>(entity.GetString("content")),
        Size = entity.GetInt64("size") ?? 0,
        Blob = entity.GetString("blob"),
    };

    private static string? Cut(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}

using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>
/// Puts dead letters back into their queues, as they were. A crash before the letter is removed leaves it there, and replaying it
/// once more changes nothing: a callback has its id from its content, and a recording is archived once.
/// </summary>
public sealed partial class DeadLetterReplay(DeadLetterStore store, StorageAccount account, TimeProvider time, ILogger<DeadLetterReplay> logger)
{
    private const int SideBySide = 8;

    /// <summary>Replays a letter.</summary>
    public Task<TakeOutcome> ReplayAsync(string id, CancellationToken cancellationToken) => store.TakeAsync(
        id, (letter, body) => account.Queues.GetQueueClient(letter.Queue).SendForGoodAsync(
            MessageOf(letter, body), cancellationToken: cancellationToken), cancellationToken);

    /// <summary>Replays a page of letters, side by side.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cursor">Where the page before ended; null for the first.</param>
    /// <param name="limit">Most letters of the page, 1 to 1000.</param>
    /// <param name="cancellationToken">Cancels the replay.</param>
    /// <returns>How many were replayed, how many were not and are kept, and the cursor of the next page; null on the last one.</returns>
    public async Task<(int Replayed, int Failed, string? Cursor)> ReplayAsync(
        DeadLetterFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        (IReadOnlyList<DeadLetter> letters, string? next) = await store.ListAsync(filter, cursor, limit, cancellationToken);
        int replayed = 0;
        int failed = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(letters, options, async (letter, token) =>
        {
            try
            {
                switch (await ReplayAsync(letter.Id, token))
                {
                    case TakeOutcome.Taken:
                        Interlocked.Increment(ref replayed);
                        break;
                    case TakeOutcome.WithoutBody:
                        Log.NotReplayed(logger, letter.Id, "its body is gone");
                        Interlocked.Increment(ref failed);
                        break;
                    default:
                        // One that somebody else replayed or discarded in between counts as neither.
                        break;
                }
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                Log.NotReplayed(logger, letter.Id, StorageFailure.Reason(exception));
                Interlocked.Increment(ref failed);
            }
        });
        return (replayed, failed, next);
    }

    /// <summary>The letter as a message of its queue.</summary>
    private BinaryData MessageOf(DeadLetter letter, BinaryData body) => DeadLetter.KindOf(letter.Content) is { } kind
        ? CallbackMessage.Assemble(null, 0, [CallbackMessage.Encode(CallbackOf(letter, kind, body))])
        : body;

    private QueuedCallback CallbackOf(DeadLetter letter, CallbackKind kind, BinaryData body) => new(
        // What could not be read so far may be readable by now.
        CallbackParser.TryParse(body, kind, out ConferenceEvent? e, out _) ? e.Id : letter.Id,
        kind,
        letter.Document ?? "",
        letter.ReceivedAt ?? time.GetUtcNow(),
        body);

    private static partial class Log
    {
        [LoggerMessage(120, LogLevel.Warning, "The dead letter {Id} could not be replayed ({Reason}) and is kept.")]
        public static partial void NotReplayed(ILogger logger, string id, string reason);
    }
}

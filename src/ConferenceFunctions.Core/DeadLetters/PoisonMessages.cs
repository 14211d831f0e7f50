using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Core.Swml;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>
/// Turns messages of the poison queues into dead letters: those of a message of callbacks each into one, so that each can be replayed
/// alone; whatever can't be taken apart as a whole. Repeating it changes nothing but how often it was seen.
/// </summary>
public sealed partial class PoisonMessages(DeadLetterStore store, ILogger<PoisonMessages> logger)
{
    /// <summary>How often the function of a queue tried before: <c>maxDequeueCount</c> of host.json, to which a test holds it.</summary>
    public const int Tries = 10;

    private const int SideBySide = 8;
    private const string Error = "Its function failed as often as host.json allows. The log of that time says why.";

    // What Table Storage takes.
    private static readonly DateTimeOffset EarliestTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Keeps a message of the queue <c>callbacks-poison</c>.</summary>
    public async Task KeepCallbacksAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (Split(body) is not { } message)
        {
            await KeepAsync(StorageNames.CallbackQueue, body, null, cancellationToken);
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(message.Callbacks, options, async (callback, token) => await KeepAsync(callback, message.Attempt, token));
        Log.Kept(logger, message.Callbacks.Count, StorageNames.CallbackQueue);
    }

    /// <summary>Keeps a message of the queue <c>recordings-poison</c>.</summary>
    public Task KeepRecordingAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string? conferenceId = null;
        try
        {
            conferenceId = RecordingJob.Read(body).ConferenceId;
        }
        catch (FormatException)
        {
            // Kept all the same.
        }

        return KeepAsync(StorageNames.RecordingQueue, body, conferenceId, cancellationToken);
    }

    /// <summary>The callbacks in a message; null where it is none that we could have written.</summary>
    private static CallbackMessage? Split(ReadOnlyMemory<byte> body)
    {
        try
        {
            CallbackMessage message = CallbackMessage.Read(body);
            return message.Callbacks.Count > 0
                && message.Callbacks.All(callback => (callback.Document.Length == 0 || DocumentName.IsValid(callback.Document)) && callback.ReceivedAt >= EarliestTime) ? message : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private Task KeepAsync(QueuedCallback callback, int attempt, CancellationToken cancellationToken) => store.AddAsync(
        new NewDeadLetter(StorageNames.CallbackQueue, DeadLetterReason.Poison, DeadLetter.ContentOf(callback.Kind), callback.Body)
        {
            Error = Error,
            Attempts = attempt + Tries,
            ConferenceId = CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out _) && e.ConferenceId.Length > 0 ? e.ConferenceId : null,
            Document = callback.Document,
            ReceivedAt = callback.ReceivedAt,
        },
        cancellationToken);

    private async Task KeepAsync(string queue, ReadOnlyMemory<byte> body, string? conferenceId, CancellationToken cancellationToken)
    {
        await store.AddAsync(
            new NewDeadLetter(queue, DeadLetterReason.Poison, DeadLetterContent.Message, body) { Error = Error, Attempts = Tries, ConferenceId = conferenceId },
            cancellationToken);
        Log.Kept(logger, 1, queue);
    }

    private static partial class Log
    {
        [LoggerMessage(121, LogLevel.Error, "{Count} dead letters came from the poison queue of '{Queue}'.")]
        public static partial void Kept(ILogger logger, int count, string queue);
    }
}

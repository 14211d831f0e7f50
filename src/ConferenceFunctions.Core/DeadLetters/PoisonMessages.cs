using System.Text;
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
public sealed partial class PoisonMessages(DeadLetterStore store, StorageAccount account, ILogger<PoisonMessages> logger)
{
    /// <summary>How often the function of a queue tried before: <c>maxDequeueCount</c> of host.json, to which a test holds it.</summary>
    public const int Tries = 10;

    private const int SideBySide = 8;
    private const string Error = "Its function failed as often as host.json allows. The log of that time says why.";

    private readonly RecordingRows _recordings = new(account);

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

    /// <summary>
    /// Keeps a message of the queue <c>recordings-poison</c>, and has the recording's row say so. Where the recording is archived all the
    /// same, or was erased, nothing is kept: there is nothing to replay.
    /// </summary>
    public async Task KeepRecordingAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (JobIn(body) is not { } job)
        {
            await KeepAsync(StorageNames.RecordingQueue, body, null, cancellationToken);
            return;
        }

        if (await _recordings.FindAsync(job, cancellationToken) is not { Archive.Status: not RecordingStatus.Archived })
        {
            return;
        }

        await KeepAsync(StorageNames.RecordingQueue, Encoding.UTF8.GetBytes(job.Afresh().Write()), job.ConferenceId, cancellationToken);
        await _recordings.UpdateAsync(
            job,
            known => known.Status == RecordingStatus.Archived ? known : known with { Status = RecordingStatus.Failed, Retries = 0, NextAttempt = null, Error = Error },
            cancellationToken);
    }

    private static RecordingJob? JobIn(ReadOnlyMemory<byte> body)
    {
        try
        {
            return RecordingJob.Read(body);
        }
        catch (FormatException)
        {
            return null;
        }
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

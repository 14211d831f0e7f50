using System.Text;
using Azure.Storage.Queues;
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
/// <remarks>
/// A message that can't be kept is put back into its poison queue, anew: behind that queue the host has no other, and once the function
/// has failed as often as host.json allows, the host would leave the message alone until it expires.
/// </remarks>
public sealed partial class PoisonMessages(DeadLetterStore store, StorageAccount account, TimeProvider time, ILogger<PoisonMessages> logger)
{
    /// <summary>How often the function of a queue tried before: <c>maxDequeueCount</c> of host.json, to which a test holds it.</summary>
    public const int Tries = 10;

    private const int SideBySide = 8;
    private const string Error = "Its function failed as often as host.json allows. The log of that time says why.";

    private static readonly TimeSpan PutBackDelay = TimeSpan.FromMinutes(1);

    // What Table Storage takes.
    private static readonly DateTimeOffset EarliestTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RecordingRows _recordings = new(account);

    /// <summary>Keeps a message of the queue <c>callbacks-poison</c>.</summary>
    /// <exception cref="Azure.RequestFailedException">It can neither be kept nor put back.</exception>
    public Task KeepCallbacksAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => KeepOrPutBackAsync(
        StorageNames.CallbackQueue, body, token => KeepAllAsync(body, token), cancellationToken);

    /// <summary>
    /// Keeps a message of the queue <c>recordings-poison</c>, and has the recording's row say so. Where the recording is archived all the
    /// same, or was erased, nothing is kept: there is nothing to replay.
    /// </summary>
    /// <exception cref="Azure.RequestFailedException">It can neither be kept nor put back.</exception>
    public Task KeepRecordingAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) => KeepOrPutBackAsync(
        StorageNames.RecordingQueue, body, token => KeepJobAsync(body, token), cancellationToken);

    private async Task KeepAllAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
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

    private async Task KeepJobAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
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

    private async Task KeepOrPutBackAsync(string queue, ReadOnlyMemory<byte> body, Func<CancellationToken, Task> keep, CancellationToken cancellationToken)
    {
        try
        {
            await keep(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.PutBack(logger, queue, StorageFailure.Reason(exception));
            QueueClient poison = account.Queues.GetQueueClient(queue + StorageNames.PoisonSuffix);
            await Persistence.RunAsync(token => poison.SendForGoodAsync(new BinaryData(body), PutBackDelay, token), time, cancellationToken);
        }
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
        NewDeadLetter.Of(callback, DeadLetterReason.Poison) with { Error = Error, Attempts = attempt + Tries }, cancellationToken);

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

        [LoggerMessage(122, LogLevel.Error, "A message of the poison queue of '{Queue}' could not be kept ({Reason}); it is put back.")]
        public static partial void PutBack(ILogger logger, string queue, string reason);
    }
}

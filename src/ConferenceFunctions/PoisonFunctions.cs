using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>
/// Keeps what failed too often. Where that fails, too, the message stays in its poison queue and comes back: behind a poison queue
/// the host has no other.
/// </summary>
public sealed class PoisonFunctions(PoisonMessages messages)
{
    /// <summary>A message of the queue <c>callbacks-poison</c>.</summary>
    [Function(nameof(KeepPoisonCallbacks))]
    public Task KeepPoisonCallbacks(
        [QueueTrigger(StorageNames.CallbackQueue + StorageNames.PoisonSuffix, Connection = StorageNames.Connection)] QueueMessage message,
        CancellationToken cancellationToken) => messages.KeepCallbacksAsync(message.Body, cancellationToken);

    /// <summary>A message of the queue <c>recordings-poison</c>.</summary>
    [Function(nameof(KeepPoisonRecording))]
    public Task KeepPoisonRecording(
        [QueueTrigger(StorageNames.RecordingQueue + StorageNames.PoisonSuffix, Connection = StorageNames.Connection)] QueueMessage message,
        CancellationToken cancellationToken) => messages.KeepRecordingAsync(message.Body, cancellationToken);
}

using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Archives recordings.</summary>
public sealed class RecordingFunctions(RecordingArchiver archiver)
{
    /// <summary>A message of the queue <c>recordings</c>.</summary>
    [Function(nameof(ArchiveRecording))]
    public Task ArchiveRecording(
        [QueueTrigger(StorageNames.RecordingQueue, Connection = StorageNames.Connection)] QueueMessage message,
        CancellationToken cancellationToken) => archiver.ArchiveAsync(RecordingJob.Read(message.Body), cancellationToken);
}

using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>The queue of recordings that wait to be archived.</summary>
public sealed class RecordingJobs(StorageAccount account)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.RecordingQueue);

    /// <summary>Queues a job. One that is there twice does no harm.</summary>
    public Task EnqueueAsync(RecordingJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _queue.SendMessageAsync(job.Write(), timeToLive: Forever, cancellationToken: cancellationToken);
    }
}

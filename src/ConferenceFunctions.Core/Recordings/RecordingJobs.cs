using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>The queue of recordings that wait to be archived.</summary>
public sealed class RecordingJobs(StorageAccount account)
{
    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.RecordingQueue);

    /// <summary>Queues a job. One that is there twice does no harm.</summary>
    public Task EnqueueAsync(RecordingJob job, CancellationToken cancellationToken) => EnqueueAsync(job, TimeSpan.Zero, cancellationToken);

    /// <summary>Queues a job that is seen after a while.</summary>
    /// <param name="job">The job.</param>
    /// <param name="delay">How long it stays hidden, at most seven days, in whole seconds.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    public Task EnqueueAsync(RecordingJob job, TimeSpan delay, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return _queue.SendForGoodAsync(BinaryData.FromString(job.Write()), delay, cancellationToken);
    }
}

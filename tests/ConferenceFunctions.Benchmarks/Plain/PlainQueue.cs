using System.Text.Json;
using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>The queue of callbacks: one message each.</summary>
internal sealed class PlainQueue(QueueServiceClient queues)
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = queues.GetQueueClient(StorageNames.CallbackQueue);

    public Task SendAsync(PlainMessage message, CancellationToken cancellationToken) => _queue.SendMessageAsync(
        JsonSerializer.Serialize(message, PlainJson.Default.PlainMessage), timeToLive: Forever, cancellationToken: cancellationToken);
}

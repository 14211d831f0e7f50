using Azure.Storage.Queues;

namespace ConferenceFunctions.Core.Storage;

/// <summary>Sending to queues.</summary>
public static class QueueClientExtensions
{
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>Sends a message that never expires; by default a queue throws one away after seven days.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="visibleAfter">How long nobody sees it; null for not at all.</param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    /// <exception cref="Azure.RequestFailedException">Storage refuses, or does not answer.</exception>
    public static Task SendForGoodAsync(this QueueClient queue, BinaryData message, TimeSpan? visibleAfter = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(queue);
        return queue.SendMessageAsync(message, visibleAfter, Forever, cancellationToken);
    }
}

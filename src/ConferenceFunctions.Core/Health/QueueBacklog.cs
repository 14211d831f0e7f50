using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Health;

/// <summary>Looks how many messages wait in a queue, and for how long.</summary>
public sealed class QueueBacklog(StorageAccount account, TimeProvider time)
{
    // Most that a peek gives. The oldest is among the first, unless hundreds were put back since.
    private const int MaxPeeked = 32;

    /// <summary>Looks at a queue. Two requests.</summary>
    /// <exception cref="RequestFailedException">Storage refuses.</exception>
    public async Task<QueueHealth> ReadAsync(string name, CancellationToken cancellationToken)
    {
        QueueClient queue = account.Queues.GetQueueClient(name);
        Task<Response<PeekedMessage[]>> peeking = queue.PeekMessagesAsync(MaxPeeked, cancellationToken);
        Task<Response<QueueProperties>> counting = queue.GetPropertiesAsync(cancellationToken);
        await Task.WhenAll(peeking, counting);
        PeekedMessage[] messages = (await peeking).Value;
        return new QueueHealth(name, (await counting).Value.ApproximateMessagesCount, messages.Length == 0 ? null : AgeOf(messages.Min(WaitingSince)));
    }

    private double AgeOf(DateTimeOffset since) => Math.Max(0, (time.GetUtcNow() - since).TotalSeconds);

    /// <summary>Since when a message waits: a callback that was put back waits since it was received, in whichever message.</summary>
    private DateTimeOffset WaitingSince(PeekedMessage message)
    {
        DateTimeOffset inserted = message.InsertedOn ?? time.GetUtcNow();
        try
        {
            return CallbackMessage.Read(message.Body).Callbacks.Select(callback => callback.ReceivedAt).Append(inserted).Min();
        }
        catch (FormatException)
        {
            return inserted;
        }
    }
}

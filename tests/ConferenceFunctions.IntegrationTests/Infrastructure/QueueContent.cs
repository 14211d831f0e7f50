using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>What is in a queue, taken out of it.</summary>
public static class QueueContent
{
    /// <summary>Takes every message out of the queue <c>callbacks</c>.</summary>
    public static async Task<List<QueueMessage>> TakeAllAsync(string connectionString)
    {
        var queue = new QueueClient(connectionString, StorageNames.CallbackQueue);
        // The app creates it some time after its start.
        await queue.CreateIfNotExistsAsync(cancellationToken: TestContext.Current.CancellationToken);
        List<QueueMessage> all = [];
        while (true)
        {
            QueueMessage[] messages = await queue.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);
            if (messages.Length == 0)
            {
                return all;
            }

            all.AddRange(messages);
            await Task.WhenAll(messages.Select(message => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, TestContext.Current.CancellationToken)));
        }
    }

    /// <summary>The callbacks in messages.</summary>
    public static IReadOnlyList<QueuedCallback> Callbacks(IEnumerable<QueueMessage> messages) =>
        [.. messages.SelectMany(message => CallbackMessage.Read(message.Body).Callbacks)];
}

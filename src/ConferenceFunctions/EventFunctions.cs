using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Applies acknowledged callbacks.</summary>
public sealed class EventFunctions(CallbackProcessor processor)
{
    /// <summary>A message of the queue <c>callbacks</c>.</summary>
    [Function(nameof(ApplyCallbacks))]
    public Task ApplyCallbacks(
        [QueueTrigger(StorageNames.CallbackQueue, Connection = StorageNames.Connection)] QueueMessage message,
        CancellationToken cancellationToken) => processor.ProcessAsync(message.Body, cancellationToken);
}

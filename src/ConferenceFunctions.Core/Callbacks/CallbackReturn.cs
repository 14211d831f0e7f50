using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Puts callbacks back into their queue that can't be applied yet, to be tried again after a growing delay.</summary>
public sealed class CallbackReturn(StorageAccount account)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.CallbackQueue);

    /// <summary>How long callbacks wait that were put back so often already: a second, doubled each time, five minutes at most; and up to half as long again.</summary>
    public static TimeSpan Delay(int attempt)
    {
        TimeSpan delay = attempt < 9 ? First * Math.Pow(2, attempt) : Longest;
        return (delay < Longest ? delay : Longest) * (1 + (Random.Shared.NextDouble() / 2));
    }

    /// <summary>Puts callbacks back, in as many messages as they need.</summary>
    public async Task PutBackAsync(IEnumerable<QueuedCallback> callbacks, string? traceParent, int attempt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        List<ReadOnlyMemory<byte>> message = [];
        int bytes = CallbackMessage.Overhead;
        foreach (ReadOnlyMemory<byte> encoded in callbacks.Select(CallbackMessage.Encode))
        {
            if (message.Count > 0 && bytes + encoded.Length + 1 > CallbackMessage.MaxBytes)
            {
                await SendAsync(message, traceParent, attempt, cancellationToken);
                (message, bytes) = ([], CallbackMessage.Overhead);
            }

            message.Add(encoded);
            bytes += encoded.Length + 1;
        }

        if (message.Count > 0)
        {
            await SendAsync(message, traceParent, attempt, cancellationToken);
        }
    }

    private Task SendAsync(List<ReadOnlyMemory<byte>> message, string? traceParent, int attempt, CancellationToken cancellationToken) => _queue.SendForGoodAsync(
        CallbackMessage.Assemble(traceParent, attempt + 1, message), Delay(attempt), cancellationToken);
}

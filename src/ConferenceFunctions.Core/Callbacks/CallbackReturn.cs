using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>Puts callbacks back into their queue that can't be applied yet, to be tried again after a growing delay.</summary>
public sealed class CallbackReturn(StorageAccount account, TimeProvider time)
{
    private const double MaxJitter = 0.5;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly QueueClient _queue = account.Queues.GetQueueClient(StorageNames.CallbackQueue);

    /// <summary>How long callbacks wait that were put back so often already: a second, doubled each time, and up to half as long again; five minutes at most.</summary>
    public static TimeSpan Delay(int attempt)
    {
        // What failed together must not come back together, however often it was put back.
        double jitter = 1 + (Random.Shared.NextDouble() * MaxJitter);
        TimeSpan longest = Longest / (1 + MaxJitter);
        TimeSpan delay = attempt < 9 ? First * Math.Pow(2, attempt) : longest;
        return (delay < longest ? delay : longest) * jitter;
    }

    /// <summary>Puts callbacks back, in as many messages as they need, for as long as it takes: until then they are in the message that is worked on.</summary>
    /// <exception cref="Azure.RequestFailedException">The queue has refused for many minutes; the message is to be tried again.</exception>
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

    private Task SendAsync(List<ReadOnlyMemory<byte>> message, string? traceParent, int attempt, CancellationToken cancellationToken) => Persistence.RunAsync(
        token => _queue.SendForGoodAsync(CallbackMessage.Assemble(traceParent, attempt + 1, message), Delay(attempt), token), time, cancellationToken);
}

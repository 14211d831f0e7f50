using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Keeps a message hidden while its function runs: renews its lease at half time.</summary>
internal sealed class QueueLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _released = new();
    private Task _renewing = Task.CompletedTask;
    private string _popReceipt = message.PopReceipt;

    /// <summary>Starts to renew.</summary>
    public void Start() => _renewing = RenewAsync();

    /// <summary>Stops renewing.</summary>
    /// <returns>The pop receipt with which the message can be changed.</returns>
    public async Task<string> ReleaseAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        return _popReceipt;
    }

    /// <inheritdoc />
    public void Dispose() => _released.Dispose();

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(duration / 2, time, _released.Token);
                // Not cancelled by the release: then nobody could tell which receipt holds.
                UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: duration, cancellationToken: CancellationToken.None);
                _popReceipt = receipt.PopReceipt;
            }
        }
        catch (OperationCanceledException)
        {
            // Released.
        }
        catch (RequestFailedException)
        {
            // The message is lost to somebody else; finishing it will say so.
        }
    }
}

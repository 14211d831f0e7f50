using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Keeps a message hidden while its function runs: renews its lease at half time, and more often where that fails.</summary>
internal sealed class QueueLease(QueueClient queue, QueueMessage message, TimeSpan duration, TimeProvider time) : IDisposable
{
    private const int RetriesPerLease = 20;

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
        TimeSpan pause = duration / 2;
        while (await PauseAsync(pause))
        {
            try
            {
                // Not cancelled by the release: then nobody could tell which receipt holds.
                UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: duration, cancellationToken: CancellationToken.None);
                _popReceipt = receipt.PopReceipt;
                pause = duration / 2;
            }
            catch (Exception exception) when (exception is not RequestFailedException { Status: 404 } && StorageFailure.IsTransient(exception))
            {
                pause = duration / RetriesPerLease;
            }
            catch (RequestFailedException)
            {
                // The message is lost to somebody else; finishing it will say so.
                return;
            }
        }
    }

    /// <returns>False where the lease was released.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause, time, _released.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}

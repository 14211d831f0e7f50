using Azure;
using Azure.Identity;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.LocalHost;

/// <summary>Finds out at start whether storage lets this program in, rather than with the first call.</summary>
internal sealed class StorageCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Begins to ask storage something. Storage that is only slow, or busy, is given time: that passes by itself.</summary>
    public StorageCheck(StorageAccount account) => Passed = RunAsync(account);

    /// <summary>Ends when storage has let this program in; fails with a <see cref="LocalHostException"/> where it refuses, or nothing answers there.</summary>
    public Task Passed { get; }

    private static async Task RunAsync(StorageAccount account)
    {
        try
        {
            await account.Queues.GetPropertiesAsync().WaitAsync(Timeout);
        }
        catch (Exception exception) when (exception is TimeoutException or RequestFailedException or AuthenticationFailedException or AggregateException)
        {
            if (Refusal(exception) is { } refusal)
            {
                throw new LocalHostException(
                    $"Storage at {account.Queues.Uri.Authority} can't be used: {refusal}. Check the setting 'Storage', or give --storage <connection string>.", exception);
            }
        }
    }

    private static string? Refusal(Exception exception) => exception switch
    {
        RequestFailedException { Status: 400 or 401 or 403 } refused => $"it refuses ({refused.ErrorCode ?? $"status {refused.Status}"})",
        RequestFailedException { Status: 0 } => "nothing answers there",
        AuthenticationFailedException => "this machine has no identity for it",
        AggregateException { InnerException: { } first } => Refusal(first),
        _ => null,
    };
}

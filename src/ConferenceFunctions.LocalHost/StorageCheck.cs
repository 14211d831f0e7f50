using Azure;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.LocalHost;

/// <summary>Finds out at start whether storage lets this program in, rather than with the first call.</summary>
internal static class StorageCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks storage something. Storage that is only slow, or busy, is given time: that passes by itself.</summary>
    /// <exception cref="LocalHostException">Storage refuses, or nothing answers there.</exception>
    public static async Task RunAsync(StorageAccount account, CancellationToken cancellationToken)
    {
        try
        {
            await account.Queues.GetPropertiesAsync(cancellationToken).WaitAsync(Timeout, cancellationToken);
        }
        catch (Exception exception) when (exception is TimeoutException or RequestFailedException or AggregateException)
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
        AggregateException { InnerException: { } first } => Refusal(first),
        _ => null,
    };
}

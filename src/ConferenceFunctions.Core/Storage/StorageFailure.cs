using Azure;
using Azure.Identity;

namespace ConferenceFunctions.Core.Storage;

/// <summary>Tells failures that pass by themselves from those that do not.</summary>
public static class StorageFailure
{
    /// <summary>
    /// Whether trying again later can help: no connection, a timeout, throttling, a server's error, too many conflicts, or no
    /// access, which is never the fault of what is to be stored.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 401 or 403 or 404 or 408 or 409 or 412 or 429 or >= 500 } => true,
        RequestFailedException => false,
        AggregateException aggregate => aggregate.InnerExceptions.All(IsTransient),
        AuthenticationFailedException or OperationCanceledException or TimeoutException or IOException or HttpRequestException => true,
        _ => false,
    };

    /// <summary>What failed, in a word for logs: storage's error code, else the status, else the type of the exception.</summary>
    public static string Reason(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception switch
        {
            RequestFailedException { ErrorCode: { Length: > 0 } code } => code,
            RequestFailedException { Status: > 0 } answered => $"status {answered.Status}",
            _ => exception.GetType().Name,
        };
    }
}

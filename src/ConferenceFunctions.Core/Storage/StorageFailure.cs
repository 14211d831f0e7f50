using Azure;
using Azure.Identity;

namespace ConferenceFunctions.Core.Storage;

/// <summary>Tells failures that pass by themselves from those that do not.</summary>
public static class StorageFailure
{
    /// <summary>
    /// Whether trying again later can help. Of what storage answers only that does not pass which is the fault of the request itself:
    /// malformed, too large, not allowed there. No connection, a timeout, throttling, a server's error, conflicts, no access and
    /// whatever is unknown here do.
    /// </summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException { Status: 400 or 405 or 411 or 413 or 414 or 415 } => false,
        RequestFailedException => true,
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

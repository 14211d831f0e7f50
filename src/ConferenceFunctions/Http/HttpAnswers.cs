using ConferenceFunctions.Core.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Http;

/// <summary>
/// What every HTTP function goes through: runs it, writes its result, and turns whatever escapes it into problem details. The
/// result is written here and not returned, since the worker would also serialise what a function returns.
/// </summary>
public sealed partial class HttpAnswers(ILogger<HttpAnswers> logger)
{
    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await answer();
        }
        catch (BadHttpRequestException exception)
        {
            result = new Problem(exception.StatusCode, exception.Message);
        }
        catch (OperationCanceledException) when (request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
            return;
        }
        catch (Exception exception) when (StorageFailure.IsTransient(exception))
        {
            Log.StorageFailed(logger, StorageFailure.Reason(exception));
            result = Problem.Unavailable("Storage does not answer at the moment. Try again.");
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception);
            result = new Problem(StatusCodes.Status500InternalServerError, "This should not have happened. The log says more.");
        }

        await result.ExecuteAsync(request.HttpContext);
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Storage failed ({Reason}); the client was told to try again.")]
        public static partial void StorageFailed(ILogger logger, string reason);

        [LoggerMessage(301, LogLevel.Error, "A request failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

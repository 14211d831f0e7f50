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
        HttpContext context = request.HttpContext;
        try
        {
            IResult result = await answer();
            await result.ExecuteAsync(context);
        }
        catch (Exception exception)
        {
            Problem problem = Explain(exception, context.RequestAborted);
            if (context.Response.HasStarted)
            {
                // Half an answer must not pass for a whole one.
                context.Abort();
            }
            else if (!context.RequestAborted.IsCancellationRequested)
            {
                // Also where the host stops: a request that ends without an answer would count as acknowledged.
                context.Response.Clear();
                await problem.ExecuteAsync(context);
            }
        }
    }

    private Problem Explain(Exception exception, CancellationToken aborted)
    {
        if (exception is BadHttpRequestException bad)
        {
            return new Problem(bad.StatusCode, bad.Message);
        }

        // The host cancels a function when its client is gone, which may show before the connection's end does, and when it stops.
        if (aborted.IsCancellationRequested || exception is OperationCanceledException { CancellationToken.IsCancellationRequested: true })
        {
            return Problem.Unavailable("The request was given up before it was answered. Try again.");
        }

        if (StorageFailure.IsTransient(exception))
        {
            Log.StorageFailed(logger, StorageFailure.Reason(exception));
            return Problem.Unavailable("Storage does not answer at the moment. Try again.");
        }

        Log.Failed(logger, exception);
        return new Problem(StatusCodes.Status500InternalServerError, "This should not have happened. The log says more.");
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Warning, "Storage failed ({Reason}); the client was told to try again.")]
        public static partial void StorageFailed(ILogger logger, string reason);

        [LoggerMessage(301, LogLevel.Error, "A request failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}

using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ConferenceFunctions.Core.Storage;

/// <summary>
/// Sends a request once more after creating what it found missing, so that no start-up has to wait for queues, tables and
/// containers, and none that somebody deleted stays missing.
/// </summary>
internal sealed class CreateMissingResourcePolicy(StorageAccount account) : HttpPipelinePolicy
{
    /// <inheritdoc />
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (IsMissing(message.Request, message.Response))
        {
            await account.CreateMissingAsync(message.CancellationToken);
            await ProcessNextAsync(message, pipeline);
        }
    }

    /// <inheritdoc />
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is only ever called asynchronously.");

    private static bool IsMissing(Request request, Response response)
    {
        if (response.Status != 404)
        {
            return false;
        }

        if (response.Headers.TryGetValue("x-ms-error-code", out string? code))
        {
            // A blob that is read is not there either way: creating its container would only make somebody wait.
            return code is "QueueNotFound" or "TableNotFound" || (code is "ContainerNotFound" && !ReadsBlob(request));
        }

        // The table service names the error in the body only; a missing row is 404 as well.
        return response.ContentStream is { CanSeek: true } && response.Content.ToString().Contains("TableNotFound", StringComparison.Ordinal);
    }

    private static bool ReadsBlob(Request request) => (request.Method == RequestMethod.Get || request.Method == RequestMethod.Head)
        && !request.Uri.Query.Contains("restype=container", StringComparison.Ordinal);
}

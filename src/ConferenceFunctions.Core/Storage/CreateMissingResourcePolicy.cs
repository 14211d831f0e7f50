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
        if (IsMissing(message.Response))
        {
            await account.CreateMissingAsync(message.CancellationToken);
            await ProcessNextAsync(message, pipeline);
        }
    }

    /// <inheritdoc />
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is only ever called asynchronously.");

    private static bool IsMissing(Response response)
    {
        if (response.Status != 404)
        {
            return false;
        }

        if (response.Headers.TryGetValue("x-ms-error-code", out string? code))
        {
            return code is "QueueNotFound" or "ContainerNotFound" or "TableNotFound";
        }

        // The table service names the error in the body only; a missing row is 404 as well.
        return response.ContentStream is { CanSeek: true } && response.Content.ToString().Contains("TableNotFound", StringComparison.Ordinal);
    }
}

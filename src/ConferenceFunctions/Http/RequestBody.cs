using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>Reads request bodies within limits.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body whole.</summary>
    /// <returns>The body; null where it is larger than <paramref name="maxBytes"/>.</returns>
    /// <exception cref="BadHttpRequestException">The body is not complete.</exception>
    public static async ValueTask<byte[]?> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        while (true)
        {
            ReadResult read = await ReadAsync(request, cancellationToken);
            if (read.Buffer.Length > maxBytes)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<ReadResult> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await request.BodyReader.ReadAsync(cancellationToken);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Not to be taken for a failure of storage.
            throw new BadHttpRequestException("The connection was lost before the body was complete.", exception);
        }
    }
}

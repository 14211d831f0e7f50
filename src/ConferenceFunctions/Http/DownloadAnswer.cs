using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>Bytes that somebody else made, to be saved and never to be shown: they may be anything, a page with a script too.</summary>
/// <param name="body">The bytes.</param>
/// <param name="name">Name of the file to save them in; needs no escaping.</param>
internal sealed class DownloadAnswer(BinaryData body, string name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = body.ToMemory().Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}

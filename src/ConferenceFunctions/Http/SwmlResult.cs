using ConferenceFunctions.Core.Swml;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>A rendered document.</summary>
internal sealed class SwmlResult(RenderedDocument document) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = document.ETag;
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Vary = "Accept";
        if (!HttpMethods.IsPost(httpContext.Request.Method) && Conditions.Matches(httpContext.Request.Headers.IfNoneMatch, document.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = document.ContentType;
        response.ContentLength = document.Body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(document.Body, httpContext.RequestAborted);
        }
    }
}

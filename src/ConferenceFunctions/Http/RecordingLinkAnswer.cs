using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Recordings;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace ConferenceFunctions.Http;

/// <summary>Leads to the audio of a recording, or tells where it is where the request asks for JSON. Never to be kept: the link expires.</summary>
internal sealed class RecordingLinkAnswer(RecordingLink link) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        bool asksForJson = MediaTypeHeaderValue.TryParseList(httpContext.Request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
            && accepted.Any(type => type.MediaType == "application/json" && type.Quality is null or > 0);
        httpContext.Response.Headers.Vary = HeaderNames.Accept;
        if (asksForJson)
        {
            return new JsonAnswer<RecordingLink>(link, ApiJson.Default.RecordingLink).ExecuteAsync(httpContext);
        }

        httpContext.Response.StatusCode = StatusCodes.Status302Found;
        httpContext.Response.Headers.Location = link.Url;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>A value as JSON.</summary>
/// <param name="value">The value.</param>
/// <param name="type">How it is written.</param>
/// <param name="status">HTTP status.</param>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Version of the value, in quotes; null for none.</summary>
    public string? ETag { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        // What has a version may be kept, if it is asked every time whether it is still the same.
        httpContext.Response.Headers.CacheControl = ETag is null ? "no-store" : "private, no-cache";
        if (ETag is not null)
        {
            httpContext.Response.Headers.ETag = ETag;
            if (HttpMethods.IsGet(httpContext.Request.Method) && Conditions.Matches(httpContext.Request.Headers.IfNoneMatch, ETag))
            {
                httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        await using (Utf8JsonWriter json = ApiWriter.Create(httpContext.Response.BodyWriter))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

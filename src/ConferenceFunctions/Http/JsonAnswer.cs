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
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.Headers.CacheControl = "no-store";
        await using (Utf8JsonWriter json = ApiWriter.Create(httpContext.Response.BodyWriter))
        {
            JsonSerializer.Serialize(json, value, type);
        }

        await httpContext.Response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

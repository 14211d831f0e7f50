using System.Text.Json;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Swml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ConferenceFunctions.Http;

/// <summary>An error as a problem details answer (RFC 9457).</summary>
/// <param name="status">HTTP status.</param>
/// <param name="detail">What is wrong, and what to change.</param>
/// <param name="retryAfter">After how long it is worth trying again; null where it is not.</param>
internal sealed class Problem(int status, string detail, TimeSpan? retryAfter = null) : IResult
{
    public static Problem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    public static Problem NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    public static Problem Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, detail, TimeSpan.FromSeconds(2));

    /// <summary>What exactly is wrong, where it is a document that is.</summary>
    public IReadOnlyList<SwmlFault>? Faults { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (retryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
        }

        await using (Utf8JsonWriter json = ApiWriter.Create(response.BodyWriter))
        {
            json.WriteStartObject();
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            if (Faults is not null)
            {
                json.WritePropertyName("faults");
                JsonSerializer.Serialize(json, Faults, ApiJson.Default.IReadOnlyListSwmlFault);
            }

            json.WriteEndObject();
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

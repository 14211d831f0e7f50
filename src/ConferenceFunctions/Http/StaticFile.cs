using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Http;

/// <summary>A file that is embedded in the app. Browsers keep it, and ask each time whether it is still the same.</summary>
internal sealed class StaticFile : IResult
{
    private readonly byte[] _content;
    private readonly string _contentType;
    private readonly string _etag;

    private StaticFile(byte[] content, string contentType)
    {
        (_content, _contentType) = (content, contentType);
        _etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
    }

    /// <summary>Reads a file that is embedded under that name.</summary>
    public static StaticFile Read(string name, string contentType)
    {
        using Stream resource = typeof(StaticFile).Assembly.GetManifestResourceStream(name)!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return new StaticFile(content, contentType);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = _etag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (Conditions.Matches(httpContext.Request.Headers.IfNoneMatch, _etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = _content.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(_content, httpContext.RequestAborted);
        }
    }
}

using ConferenceFunctions.Benchmarks.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Benchmarks.Limits;

/// <summary>The web server of LocalHost with one endpoint behind it and nothing else.</summary>
internal static class BareHost
{
    /// <summary>Reads the body, keeps nothing, answers 204.</summary>
    public static async Task ReadAndDrop(HttpContext context)
    {
        await DropBodyAsync(context.Request);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Reads the body, if any, and answers with these bytes.</summary>
    public static RequestDelegate Constant(byte[] body) => async context =>
    {
        await DropBodyAsync(context.Request);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    };

    /// <summary>Starts it: one route for everything that the app is asked for in a benchmark.</summary>
    public static async Task<RunningSide> StartAsync(string url, RequestDelegate endpoint)
    {
        WebApplication app = WebHost.Create(url).Build();
        app.Map("/api/{family}/{*rest}", endpoint);
        await app.StartAsync();
        return new RunningSide(app.Urls.First(), app);
    }

    private static async Task DropBodyAsync(HttpRequest request)
    {
        while (true)
        {
            System.IO.Pipelines.ReadResult read = await request.BodyReader.ReadAsync();
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}

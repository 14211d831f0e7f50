using ConferenceFunctions.Benchmarks.Hosts;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.Benchmarks.Limits;

/// <summary>
/// A queue service in this process that accepts every message at once and keeps none. The app and its storage client do everything
/// that they do against storage; only storage itself is taken out.
/// </summary>
internal sealed class AcceptingQueue
{
    private const string Accepted =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><QueueMessagesList><QueueMessage><MessageId>5974b586-0df3-4e2d-ad0c-18e3892bfca2</MessageId>" +
        "<InsertionTime>Thu, 01 Jan 2026 00:00:00 GMT</InsertionTime><ExpirationTime>Fri, 31 Dec 9999 23:59:59 GMT</ExpirationTime>" +
        "<PopReceipt>AgAAAAMAAAAAAAAA</PopReceipt><TimeNextVisible>Thu, 01 Jan 2026 00:00:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>";

    private AcceptingQueue(string connectionString) => ConnectionString = connectionString;

    /// <summary>Connection string of its account.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts it; it ends with the process.</summary>
    public static async Task<AcceptingQueue> StartAsync()
    {
        RunningSide running = await BareHost.StartAsync("http://127.0.0.1:0", AcceptAsync);
        string endpoint = $"{running.BaseUrl}/api/storage";
        return new AcceptingQueue(
            $"DefaultEndpointsProtocol=http;AccountName=storage;AccountKey={Convert.ToBase64String(new byte[64])};" +
            $"BlobEndpoint={endpoint};QueueEndpoint={endpoint};TableEndpoint={endpoint};");
    }

    private static async Task AcceptAsync(HttpContext context)
    {
        await BareHost.ReadAndDrop(context);
        context.Response.StatusCode = StatusCodes.Status201Created;
        if (context.Request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(Accepted);
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Stands between the app and Azurite: counts requests, delays them, refuses them.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false });

    private FaultProxy(WebApplication app) => _app = app;

    /// <summary>Connection string of an account behind the proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Connection string of the same account without the proxy.</summary>
    public string DirectConnectionString { get; private set; } = "";

    /// <summary>Every request so far: service (blob, queue or table), method, path and query.</summary>
    public ConcurrentQueue<(string Service, string Method, string Target)> Requests { get; } = [];

    /// <summary>
    /// What is done with a request instead of, or before, passing it on; true: it was answered here. Given the service and the
    /// request.
    /// </summary>
    public Func<string, HttpContext, Task<bool>> Intercept { get; set; } = (_, _) => Task.FromResult(false);

    /// <summary>Whether a request puts a message into the queue of callbacks.</summary>
    public static bool IsCallbackPut(string service, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return service == "queue" && HttpMethods.IsPost(context.Request.Method) && context.Request.Path.Value!.EndsWith("/callbacks/messages", StringComparison.Ordinal);
    }

    /// <summary>Whether the answer to a request is lost on its way back, after Azurite did what it was asked for.</summary>
    public Func<string, HttpContext, bool> LosesAnswer { get; set; } = (_, _) => false;

    /// <summary>Is given the service, the target and the body of every answer of Azurite's; null where nobody looks at them.</summary>
    public Action<string, string, byte[]>? Answered { get; set; }

    /// <summary>Starts the proxy, before an account that nobody else uses.</summary>
    public static async Task<FaultProxy> StartAsync(AzuriteFixture azurite)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpForwarder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            for (int i = 0; i < 3; i++)
            {
                kestrel.Listen(IPAddress.Loopback, 0);
            }
        });
        WebApplication app = builder.Build();
        var proxy = new FaultProxy(app);
        Dictionary<int, (string Name, Uri Target)> services = [];
        IHttpForwarder forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context =>
        {
            (string name, Uri target) = services[context.Connection.LocalPort];
            proxy.Requests.Enqueue((name, context.Request.Method, context.Request.Path + context.Request.QueryString));
            if (await proxy.Intercept(name, context))
            {
                return;
            }

            bool loses = proxy.LosesAnswer(name, context);
            Stream answer = context.Response.Body;
            using var copy = new MemoryStream();
            context.Response.Body = proxy.Answered is null && !loses ? answer : copy;
            await forwarder.SendAsync(context, target.ToString(), proxy._invoker);
            if (loses)
            {
                context.Abort();
            }
            else if (proxy.Answered is not null)
            {
                proxy.Answered(name, context.Request.Path + context.Request.QueryString, copy.ToArray());
                await answer.WriteAsync(copy.ToArray(), context.RequestAborted);
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        Uri[] urls = [.. app.Urls.Select(url => new Uri(url))];
        services[urls[0].Port] = ("blob", azurite.Blob);
        services[urls[1].Port] = ("queue", azurite.Queue);
        services[urls[2].Port] = ("table", azurite.Table);
        proxy.ConnectionString = azurite.ConnectionString(urls[0], urls[1], urls[2]);
        proxy.DirectConnectionString = proxy.ConnectionString
            .Replace(urls[0].Authority, azurite.Blob.Authority, StringComparison.Ordinal)
            .Replace(urls[1].Authority, azurite.Queue.Authority, StringComparison.Ordinal)
            .Replace(urls[2].Authority, azurite.Table.Authority, StringComparison.Ordinal);
        return proxy;
    }

    /// <summary>Lets no request through any more: connections are cut.</summary>
    public void Stop() => Intercept = (_, context) =>
    {
        context.Abort();
        return Task.FromResult(true);
    };

    /// <summary>Lets every request through again.</summary>
    public void Resume() => Intercept = (_, _) => Task.FromResult(false);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _invoker.Dispose();
    }
}

using System.Reflection;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.LocalHost;
using ConferenceFunctions.LocalHost.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>Runs the plain functions as LocalHost runs the app's: same web server, same binding, same pump, same settings.</summary>
internal sealed class PlainHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PlainHost(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string BaseUrl => _app.Urls.First();

    /// <summary>Starts it.</summary>
    /// <param name="url">Where to listen.</param>
    /// <param name="settings">Settings on top of the sample's.</param>
    public static async Task<PlainHost> StartAsync(string url, IReadOnlyDictionary<string, string?> settings)
    {
        WebApplicationBuilder builder = WebHost.Create(url);
        LocalSettings.Add(builder.Configuration, AppContext.BaseDirectory);
        builder.Configuration.AddInMemoryCollection(settings);

        string storage = builder.Configuration[StorageNames.Connection]!;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new QueueServiceClient(storage));
        builder.Services.AddSingleton(new TableServiceClient(storage));
        builder.Services.Configure<AuthOptions>(builder.Configuration.GetSection(AuthOptions.Section));
        builder.Services.Configure<PublicUrlOptions>(options => options.PublicBaseUrl = url);
        builder.Services.AddSingleton<CapabilityTokens>();
        builder.Services.AddSingleton<PublicUrls>();
        builder.Services.AddSingleton<SignatureValidator>();
        builder.Services.AddSingleton<ConferenceTelemetry>();
        builder.Services.AddSingleton<RequestAuthenticator>();
        builder.Services.AddSingleton<PlainQueue>();
        builder.Services.AddSingleton<PlainTable>();
        builder.Services.AddSingleton<FunctionInvoker>();

        HostJson host = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), builder.Configuration);
        var functions = new FunctionCatalog(Assembly.GetExecutingAssembly(), builder.Configuration);
        foreach (QueueFunction function in functions.Queues)
        {
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<QueuePump>(
                services, function, host.Queues, Task.CompletedTask));
        }

        WebApplication app = builder.Build();
        app.MapFunctions(functions.Http, host.RoutePrefix, apiKey: null);
        await app.StartAsync();
        return new PlainHost(app);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

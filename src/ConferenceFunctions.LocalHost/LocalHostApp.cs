using System.Net;
using System.Net.Sockets;
using System.Reflection;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.LocalHost.Azurite;
using ConferenceFunctions.LocalHost.Functions;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.LocalHost;

/// <summary>The function app, running: HTTP functions behind Kestrel, queue and timer functions pumped.</summary>
public sealed class LocalHostApp : IAsyncDisposable
{
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly AzuriteProcess? _azurite;

    private LocalHostApp(WebApplication app, AzuriteProcess? azurite, string baseUrl) => (_app, _azurite, BaseUrl) = (app, azurite, baseUrl);

    /// <summary>The first URL that it listens on, without a slash at its end.</summary>
    public string BaseUrl { get; }

    /// <summary>The services of the app.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>What ended a pump or another background job, and with it the app; null while all is well, and after an orderly end.</summary>
    public Exception? Failure => Services.GetServices<IHostedService>().OfType<BackgroundService>()
        .Select(service => service.ExecuteTask?.Exception?.GetBaseException()).FirstOrDefault(exception => exception is not null);

    /// <summary>Starts the app, and Azurite where it is needed.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="progress">Is told what takes long.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="LocalHostException">It can't run.</exception>
    public static async Task<LocalHostApp> StartAsync(LocalHostOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] urls = [.. options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty("").Select(WithPort)];
        WebApplicationBuilder builder = Configure(options, urls);
        RefuseToListenOpenly(urls, builder.Configuration["LocalHost:ApiKey"]);
        AzuriteProcess? azurite = await LocalStorage.EnsureAsync(builder.Configuration[StorageNames.Connection], progress, cancellationToken);
        try
        {
            WebApplication app = Build(builder, options.Time);
            await StartAsync(app, urls, cancellationToken);
            return new LocalHostApp(app, azurite, urls[0].TrimEnd('/'));
        }
        catch (Exception exception)
        {
            await (azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (IsWrongSetting(exception))
            {
                throw new LocalHostException($"{exception.Message} {exception.GetBaseException().Message}", exception);
            }

            throw;
        }
    }

    /// <summary>Waits until somebody ends the app: Ctrl+C or SIGTERM.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Drains the app: requests, puts and functions that run are finished.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await (_azurite?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static WebApplicationBuilder Configure(LocalHostOptions options, string[] urls)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["PublicBaseUrl"] = urls[0] });
        LocalSettings.Add(builder.Configuration, AppContext.BaseDirectory);
        builder.Configuration.AddInMemoryCollection(options.Settings);
        if (options.Storage is not null)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [StorageNames.Connection] = options.Storage });
        }

        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A name of 1,000 characters has up to 12,000 in a URL.
            kestrel.Limits.MaxRequestLineSize = 32 * 1024;
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        // What it prints is for the person in front of it: what goes wrong, and what to do.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft", LogLevel.Error);
        // Whoever breaks off a connection is nobody to tell about.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Hosting", LogLevel.None);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        options.Logging?.Invoke(builder.Logging);
        return builder;
    }

    private static WebApplication Build(WebApplicationBuilder builder, TimeProvider time)
    {
        HostJson host = HostJson.Read(Path.Combine(AppContext.BaseDirectory, "host.json"), builder.Configuration);
        Assembly app = typeof(ServiceCollectionExtensions).Assembly;
        var functions = new FunctionCatalog(app, builder.Configuration);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTimeout);
        try
        {
            builder.Services.AddConferenceFunctions(builder.Configuration);
        }
        catch (InvalidOperationException exception)
        {
            throw new LocalHostException(exception.Message, exception);
        }

        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<FunctionInvoker>();
        builder.Services.AddSingleton<StorageCheck>();
        foreach (QueueFunction function in functions.Queues)
        {
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<QueuePump>(
                services, function, services.GetRequiredService<StorageAccount>().Queues, host.Queues, services.GetRequiredService<StorageCheck>().Passed));
        }

        foreach (TimerFunction function in functions.Timers)
        {
            builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<TimerPump>(services, function));
        }

        WebApplication web = builder.Build();
        web.MapFunctions(functions.Http, host.RoutePrefix, builder.Configuration["LocalHost:ApiKey"]);
        return web;
    }

    private static async Task StartAsync(WebApplication app, string[] urls, CancellationToken cancellationToken)
    {
        try
        {
            // Side by side: callers are not to wait for the check.
            StorageCheck storage = app.Services.GetRequiredService<StorageCheck>();
            await app.StartAsync(cancellationToken);
            await storage.Passed.WaitAsync(cancellationToken);
        }
        catch (LocalHostException)
        {
            await app.DisposeAsync();
            throw;
        }
        catch (Exception exception) when (exception is OptionsValidationException or IOException or SocketException)
        {
            await app.DisposeAsync();
            throw new LocalHostException(
                exception is OptionsValidationException invalid
                    ? string.Join(Environment.NewLine, invalid.Failures)
                    : $"Can't listen on {string.Join(", ", urls)}: {exception.GetBaseException().Message}. End the other program, or give --urls with another port.",
                exception);
        }
    }

    /// <summary>Whether a setting, or host.json, has a value of the wrong type; the message names it.</summary>
    private static bool IsWrongSetting(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException { InnerException: FormatException or ArgumentException };

    private static string WithPort(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0)
        {
            throw new LocalHostException($"'{url}' is no URL to listen on. Give one such as {LocalHostOptions.DefaultUrls}.");
        }

        if (uri.Port != 0)
        {
            return url;
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new UriBuilder(uri) { Port = ((IPEndPoint)probe.LocalEndpoint).Port }.Uri.GetLeftPart(UriPartial.Authority);
    }

    private static void RefuseToListenOpenly(string[] urls, string? apiKey)
    {
        string? open = urls.FirstOrDefault(url => !PublicUrls.IsLoopback(new Uri(url)));
        if (open is not null && string.IsNullOrEmpty(apiKey))
        {
            throw new LocalHostException($"{open} can be reached by others, and the API has no key. Set LocalHost__ApiKey, or listen on {LocalHostOptions.DefaultUrls}.");
        }
    }
}

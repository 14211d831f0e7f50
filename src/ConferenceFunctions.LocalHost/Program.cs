using System.CommandLine;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.LocalHost;
using ConferenceFunctions.Simulator;

LoopbackProxy.Bypass();
Option<string> urls = new("--urls") { Description = "Where to listen. Port 0: any that is free.", DefaultValueFactory = _ => LocalHostOptions.DefaultUrls };
Option<string?> storage = new("--storage") { Description = "Storage connection string. Default: the setting 'Storage' (Azurite, which is started where none runs)." };
Option<bool> demo = new("--demo") { Description = "Plays one recorded conference against the app, compares, and ends with 0 if nothing was lost." };
RootCommand command = new("Runs ConferenceFunctions on this machine, for development. Production is Azure Functions.") { urls, storage, demo };
command.SetAction((result, cancellationToken) => RunAsync(
    new LocalHostOptions { Urls = result.GetRequiredValue(urls), Storage = result.GetValue(storage) },
    result.GetValue(demo),
    isDefault: result.GetResult(urls) is null or { Implicit: true },
    cancellationToken));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> RunAsync(LocalHostOptions options, bool demo, bool isDefault, CancellationToken cancellationToken)
{
    string signingKey = Demo.NewSigningKey();
    if (demo)
    {
        // The demo needs no particular port, and must not fail because another instance has the usual one.
        options = options with { Urls = isDefault ? "http://127.0.0.1:0" : options.Urls, Settings = Demo.Settings(signingKey) };
    }

    try
    {
        await using LocalHostApp app = await LocalHostApp.StartAsync(options, Console.WriteLine, cancellationToken);
        Console.WriteLine($"Ready: {app.BaseUrl}");
        if (demo)
        {
            return await Demo.RunAsync(app, signingKey, app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        }

        Console.WriteLine($"SWML to try: {app.Services.GetRequiredService<PublicUrls>().Swml("team_meeting")}");
        await app.WaitForShutdownAsync(CancellationToken.None);
        return app.Failure is { } failure ? throw new LocalHostException($"It had to end: {failure.Message}", failure) : 0;
    }
    catch (OperationCanceledException)
    {
        // Ctrl+C: nothing has been found out.
        return SimulationResult.Interrupted;
    }
    catch (LocalHostException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
}

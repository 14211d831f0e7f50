using System.CommandLine;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.LocalHost;

Option<string> urls = new("--urls") { Description = $"Where to listen. Port 0: any that is free.", DefaultValueFactory = _ => LocalHostOptions.DefaultUrls };
Option<string?> storage = new("--storage") { Description = "Storage connection string. Default: the setting 'Storage' (Azurite, which is started where none runs)." };
RootCommand command = new("Runs ConferenceFunctions on this machine, for development. Production is Azure Functions.") { urls, storage };
command.SetAction((result, cancellationToken) => RunAsync(
    new LocalHostOptions { Urls = result.GetRequiredValue(urls), Storage = result.GetValue(storage) }, cancellationToken));
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> RunAsync(LocalHostOptions options, CancellationToken cancellationToken)
{
    try
    {
        await using LocalHostApp app = await LocalHostApp.StartAsync(options, Console.WriteLine, cancellationToken);
        Console.WriteLine($"Ready: {app.BaseUrl}");
        Console.WriteLine($"SWML to try: {app.Services.GetRequiredService<PublicUrls>().Swml("team_meeting")}");
        await app.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }
    catch (LocalHostException exception)
    {
        await Console.Error.WriteLineAsync(exception.Message);
        return 1;
    }
}

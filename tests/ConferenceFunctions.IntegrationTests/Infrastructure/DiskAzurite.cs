using System.Globalization;
using ConferenceFunctions.LocalHost.Azurite;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>An Azurite on disk that can be stopped and started again: what it holds and where it listens stay the same.</summary>
public sealed class DiskAzurite : IAsyncDisposable
{
    private const string Account = "chaos";

    private static readonly string Key = Convert.ToBase64String(new byte[64]);

    private readonly string _script;
    private readonly string _directory = Directory.CreateTempSubdirectory("azurite-").FullName;
    private readonly int[] _ports = FreePorts.Take(3);
    private AzuriteProcess? _process;

    private DiskAzurite(string script) => _script = script;

    /// <summary>Connection string of its account.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint={Endpoint(0)};QueueEndpoint={Endpoint(1)};TableEndpoint={Endpoint(2)};";

    /// <summary>Starts it, with nothing in it.</summary>
    public static async Task<DiskAzurite> StartAsync()
    {
        var azurite = new DiskAzurite(await AzuriteInstallation.EnsureAsync(Console.WriteLine, CancellationToken.None));
        await azurite.StartAgainAsync();
        return azurite;
    }

    /// <summary>Starts it with what it held when it was stopped.</summary>
    public async Task StartAgainAsync() => _process = await AzuriteProcess.StartAsync(
        _script,
        ["--location", _directory, "--blobPort", Port(0), "--queuePort", Port(1), "--tablePort", Port(2)],
        new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = $"{Account}:{Key}" });

    /// <summary>Stops it: SIGTERM, upon which it saves what it holds.</summary>
    public async Task StopAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        _process = null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private string Port(int service) => _ports[service].ToString(CultureInfo.InvariantCulture);

    private string Endpoint(int service) => $"http://127.0.0.1:{Port(service)}/{Account}";
}

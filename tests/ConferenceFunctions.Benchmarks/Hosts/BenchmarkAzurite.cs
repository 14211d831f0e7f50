using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.LocalHost.Azurite;

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>An Azurite for measuring, in memory or on disk. Every side has an account of its own there.</summary>
internal sealed class BenchmarkAzurite : IAsyncDisposable
{
    private const int Accounts = 100;

    private static readonly string Key = Convert.ToBase64String(new byte[64]);

    private readonly AzuriteProcess _process;
    private readonly DirectoryInfo? _directory;
    private int _nextAccount;

    private BenchmarkAzurite(AzuriteProcess process, DirectoryInfo? directory) => (_process, _directory) = (process, directory);

    /// <summary>Where its queue service listens.</summary>
    public Uri Queues => _process.Queue;

    /// <summary>Where its table service listens.</summary>
    public Uri Tables => _process.Table;

    /// <summary>Starts one that keeps everything in memory.</summary>
    public static async Task<BenchmarkAzurite> InMemoryAsync() => new(await StartAsync("--inMemoryPersistence"), null);

    /// <summary>Starts one that keeps everything on disk, in a directory that is gone afterwards.</summary>
    public static async Task<BenchmarkAzurite> OnDiskAsync()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("azurite");
        return new BenchmarkAzurite(await StartAsync("--location", directory.FullName), directory);
    }

    /// <summary>Connection string of an account that nobody else uses, with everything in it that the app keeps there.</summary>
    public async Task<string> NewAccountAsync()
    {
        string account = AccountName(_nextAccount++);
        string connection = $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};BlobEndpoint={new Uri(_process.Blob, account)};" +
            $"QueueEndpoint={new Uri(_process.Queue, account)};TableEndpoint={new Uri(_process.Table, account)};";
        var blobs = new BlobServiceClient(connection);
        await Task.WhenAll(StorageNames.Containers.Select(name => blobs.CreateBlobContainerAsync(name)));
        await RenewAsync(connection);
        return connection;
    }

    /// <summary>Makes queues and tables of an account new: what a round leaves behind would slow the next one down.</summary>
    public static async Task RenewAsync(string connection)
    {
        var queues = new QueueServiceClient(connection);
        var tables = new TableServiceClient(connection);
        await Task.WhenAll(StorageNames.Queues.Select(name => Renew(() => queues.DeleteQueueAsync(name), () => queues.GetQueueClient(name).CreateIfNotExistsAsync())));
        await Task.WhenAll(StorageNames.Tables.Select(name => Renew(() => tables.DeleteTableAsync(name), () => tables.CreateTableIfNotExistsAsync(name))));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _directory?.Delete(recursive: true);
    }

    private static async Task Renew(Func<Task> delete, Func<Task> create)
    {
        try
        {
            await delete();
        }
        catch (RequestFailedException exception) when (exception.Status == 404)
        {
            // The first time there is nothing to delete.
        }

        // The app, which has just been under load, may have found it missing and created it itself.
        await create();
    }

    private static async Task<AzuriteProcess> StartAsync(params IEnumerable<string> persistence) => await AzuriteProcess.StartAsync(
        await AzuriteInstallation.EnsureAsync(Console.WriteLine, CancellationToken.None),
        [.. persistence, "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"],
        new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(i => $"{AccountName(i)}:{Key}")) });

    private static string AccountName(int number) => $"benchmark{number:D3}";
}

using ConferenceFunctions.LocalHost.Azurite;

[assembly: AssemblyFixture(typeof(ConferenceFunctions.IntegrationTests.Infrastructure.AzuriteFixture))]

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>The one Azurite of a test run, on free ports and in memory. Every test host gets an account of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private const int Accounts = 500;

    private static readonly string Key = Convert.ToBase64String(new byte[64]);

    private AzuriteProcess? _azurite;
    private int _nextAccount;

    /// <summary>Azurite's blob service.</summary>
    public Uri Blob => _azurite!.Blob;

    /// <summary>Azurite's queue service.</summary>
    public Uri Queue => _azurite!.Queue;

    /// <summary>Azurite's table service.</summary>
    public Uri Table => _azurite!.Table;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        string script = await AzuriteInstallation.EnsureAsync(Console.WriteLine, CancellationToken.None);
        _azurite = await AzuriteProcess.StartAsync(
            script,
            ["--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0"],
            new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Accounts).Select(i => $"{AccountName(i)}:{Key}")) });
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _azurite?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Connection string of an account that nobody else uses.</summary>
    public string NewAccount() => ConnectionString(Blob, Queue, Table);

    /// <summary>Connection string of an account that nobody else uses, with other endpoints before the services.</summary>
    public string ConnectionString(Uri blob, Uri queue, Uri table)
    {
        string account = AccountName(Interlocked.Increment(ref _nextAccount) - 1);
        return $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};" +
            $"BlobEndpoint={new Uri(blob, account)};QueueEndpoint={new Uri(queue, account)};TableEndpoint={new Uri(table, account)};";
    }

    private static string AccountName(int number) => $"account{number:D3}";
}

using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace ConferenceFunctions.Core.Storage;

/// <summary>
/// The storage account that holds the data: one client a service, made once. What is missing in it (queue, table, container) is
/// created when a request first finds it missing, and that request is sent once more.
/// </summary>
public sealed class StorageAccount
{
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task? _creation;

    private StorageAccount(Func<HttpPipelinePolicy?, (BlobServiceClient, QueueServiceClient, TableServiceClient)> connect)
    {
        (Blobs, Queues, Tables) = connect(new CreateMissingResourcePolicy(this));
        (_bareBlobs, _bareQueues, _bareTables) = connect(null);
    }

    // Without the policy, since creating is what the policy asks for.
    private readonly BlobServiceClient _bareBlobs;
    private readonly QueueServiceClient _bareQueues;
    private readonly TableServiceClient _bareTables;

    /// <summary>Blob service of the account.</summary>
    public BlobServiceClient Blobs { get; }

    /// <summary>Queue service of the account. Message bodies are plain text (encoding <c>none</c>, as host.json says).</summary>
    public QueueServiceClient Queues { get; }

    /// <summary>Table service of the account.</summary>
    public TableServiceClient Tables { get; }

    /// <summary>
    /// Connects to the account that the setting <c>Storage</c> names: a connection string, or the three service URIs with an
    /// identity, as the Functions host itself reads its connections.
    /// </summary>
    /// <exception cref="InvalidOperationException">The setting is missing, incomplete or not a connection string.</exception>
    public static StorageAccount Connect(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection section = configuration.GetSection(StorageNames.Connection);
        return string.IsNullOrWhiteSpace(section.Value) ? ConnectWithIdentity(section) : ConnectWithString(section.Value);
    }

    /// <summary>Creates every queue, table and container that is missing. Concurrent calls share one attempt.</summary>
    public Task CreateMissingAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_creation is null || _creation.IsCompleted)
            {
                _creation = CreateAllAsync();
            }

            return _creation.WaitAsync(cancellationToken);
        }
    }

    private Task CreateAllAsync() => Task.WhenAll(
    [
        .. StorageNames.Queues.Select(name => (Task)_bareQueues.GetQueueClient(name).CreateIfNotExistsAsync()),
        .. StorageNames.Tables.Select(name => (Task)_bareTables.CreateTableIfNotExistsAsync(name)),
        .. StorageNames.Containers.Select(name => (Task)_bareBlobs.GetBlobContainerClient(name).CreateIfNotExistsAsync()),
    ]);

    private static StorageAccount ConnectWithString(string connectionString)
    {
        try
        {
            return new StorageAccount(policy => (
                new BlobServiceClient(connectionString, Configure(new BlobClientOptions(), policy)),
                new QueueServiceClient(connectionString, ConfigureShort(QueueOptions(), policy)),
                new TableServiceClient(connectionString, ConfigureShort(new TableClientOptions(), policy))));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new InvalidOperationException(
                $"The setting 'Storage' is not a storage connection string ({exception.Message}). Give a connection string, " +
                "'UseDevelopmentStorage=true' for Azurite, or Storage__blobServiceUri, Storage__queueServiceUri and " +
                "Storage__tableServiceUri for an identity.",
                exception);
        }
    }

    private static StorageAccount ConnectWithIdentity(IConfigurationSection section)
    {
        Uri blobs = ServiceUri(section, "blobServiceUri");
        Uri queues = ServiceUri(section, "queueServiceUri");
        Uri tables = ServiceUri(section, "tableServiceUri");
        TokenCredential credential = Credential(section);
        return new StorageAccount(policy => (
            new BlobServiceClient(blobs, credential, Configure(new BlobClientOptions(), policy)),
            new QueueServiceClient(queues, credential, ConfigureShort(QueueOptions(), policy)),
            new TableServiceClient(tables, credential, ConfigureShort(new TableClientOptions(), policy))));
    }

    private static QueueClientOptions QueueOptions() => new() { MessageEncoding = QueueMessageEncoding.None };

    private static TokenCredential Credential(IConfigurationSection section)
    {
        string? clientId = section["clientId"];
        return section["credential"] switch
        {
            null or "" => new DefaultAzureCredential(),
            string kind when kind.Equals("managedidentity", StringComparison.OrdinalIgnoreCase) => new ManagedIdentityCredential(
                string.IsNullOrEmpty(clientId)
                    ? ManagedIdentityId.SystemAssigned
                    : ManagedIdentityId.FromUserAssignedClientId(clientId)),
            string kind => throw new InvalidOperationException(
                $"The setting 'Storage__credential' is '{kind}'. It takes 'managedidentity', or nothing for the default credential."),
        };
    }

    private static Uri ServiceUri(IConfigurationSection section, string key) =>
        Uri.TryCreate(section[key], UriKind.Absolute, out Uri? uri)
            ? uri
            : throw new InvalidOperationException(
                $"The setting 'Storage__{key}' is {(section[key] is null ? "missing" : "not an absolute URI")}. Set 'Storage' to a " +
                "connection string, or Storage__blobServiceUri, Storage__queueServiceUri and Storage__tableServiceUri.");

    /// <summary>For services whose answers are small: one that does not come is not waited for as long as for the block of a blob.</summary>
    private static T ConfigureShort<T>(T options, HttpPipelinePolicy? policy) where T : ClientOptions
    {
        options.Retry.NetworkTimeout = ShortTimeout;
        return Configure(options, policy);
    }

    private static T Configure<T>(T options, HttpPipelinePolicy? policy) where T : ClientOptions
    {
        // A callback has five seconds and a SWML document less: the first retry comes soon.
        options.RetryPolicy = new OneTryPolicy(DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)));
        options.Diagnostics.IsLoggingEnabled = false;
        if (policy is not null)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        return options;
    }
}

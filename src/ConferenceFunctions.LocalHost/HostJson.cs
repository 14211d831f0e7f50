namespace ConferenceFunctions.LocalHost;

/// <summary>What LocalHost takes from host.json: the same settings that the Functions host takes there.</summary>
/// <param name="RoutePrefix">What every route begins with.</param>
/// <param name="Queues">How queues are pumped.</param>
public sealed record HostJson(string RoutePrefix, QueueSettings Queues)
{
    /// <summary>Reads host.json.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">Settings; <c>AzureFunctionsJobHost__…</c> overrides what the file says, as in Azure.</param>
    public static HostJson Read(string path, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        IConfigurationSection extensions = new ConfigurationBuilder()
            .AddJsonFile(path)
            .AddConfiguration(configuration.GetSection("AzureFunctionsJobHost"))
            .Build()
            .GetSection("extensions");
        QueueSettings queues = extensions.GetSection("queues").Get<QueueSettings>()
            ?? throw new LocalHostException($"{path} has no extensions.queues.");
        if (queues is not { BatchSize: >= 1 and <= 32, NewBatchThreshold: >= 0, MaxDequeueCount: >= 1 })
        {
            throw new LocalHostException(
                $"extensions.queues of {path} can't work: batchSize takes 1 to 32, newBatchThreshold 0 or more, maxDequeueCount 1 or more.");
        }

        return new HostJson(extensions["http:routePrefix"] ?? "api", queues with { Lease = configuration.GetValue("LocalHost:Lease", queues.Lease) });
    }
}

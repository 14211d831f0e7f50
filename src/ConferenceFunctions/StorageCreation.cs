using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions;

/// <summary>Creates queues, tables and containers that are missing, in the background: no caller waits for it.</summary>
internal sealed partial class StorageCreation(StorageAccount account, ILogger<StorageCreation> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await account.CreateMissingAsync(stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Whatever is still missing is created when it is first needed.
            Log.Failed(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(310, LogLevel.Warning, "Queues, tables and containers could not be created now ({Reason}). It is tried again when one is needed.")]
        public static partial void Failed(ILogger logger, string reason);
    }
}

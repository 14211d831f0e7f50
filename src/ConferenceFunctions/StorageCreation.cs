using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions;

/// <summary>
/// Creates queues, tables and containers that are missing, in the background and some time after the start: an instance is started
/// because somebody waits for an answer, and the read of a document is to have storage for itself. What is needed before is created
/// when it is first found missing.
/// </summary>
internal sealed partial class StorageCreation(StorageAccount account, TimeProvider time, ILogger<StorageCreation> logger) : BackgroundService
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(Delay, time, stoppingToken);
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

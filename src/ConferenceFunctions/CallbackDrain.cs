using ConferenceFunctions.Core.Callbacks;
using Microsoft.Extensions.Hosting;

namespace ConferenceFunctions;

/// <summary>Lets callbacks that were taken be put before the process ends.</summary>
internal sealed class CallbackDrain(CallbackEnqueuer queue) : IHostedService
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => queue.DrainAsync().WaitAsync(cancellationToken);
}

using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Health;

/// <summary>Records, for alerts, how much waits and for how long: queues, poison queues, dead letters. Nine requests to storage.</summary>
public sealed class BacklogMeter(QueueBacklog backlog, DeadLetterStore deadLetters, ConferenceTelemetry telemetry, TimeProvider time)
{
    /// <summary>Measures once.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage refuses; what could be measured is recorded all the same.</exception>
    public Task MeasureAsync(CancellationToken cancellationToken) =>
        Task.WhenAll([MeasureDeadLettersAsync(cancellationToken), .. StorageNames.Queues.Select(name => MeasureAsync(name, cancellationToken))]);

    private async Task MeasureAsync(string queue, CancellationToken cancellationToken)
    {
        QueueHealth health = await backlog.ReadAsync(queue, cancellationToken);
        telemetry.Waiting(queue, health.Messages ?? 0);
        telemetry.WaitingFor(queue, TimeSpan.FromSeconds(health.OldestSeconds ?? 0));
    }

    private async Task MeasureDeadLettersAsync(CancellationToken cancellationToken)
    {
        DeadLetterHealth kept = await deadLetters.CountAsync(cancellationToken);
        telemetry.Kept(kept.Count, kept.Oldest is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero);
    }
}

namespace ConferenceFunctions.Core.Health;

/// <summary>How the system is, in detail.</summary>
public sealed record HealthReport
{
    /// <summary>
    /// <c>unhealthy</c> where a storage service fails. <c>degraded</c> where there are dead letters or messages in a poison queue,
    /// callbacks that wait for more than five minutes, or where the last reconciliation failed.
    /// </summary>
    public required HealthStatus Status { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset CheckedAt { get; init; }

    /// <summary>The storage services.</summary>
    public required IReadOnlyList<StorageHealth> Storage { get; init; }

    /// <summary>The queues, poison queues included.</summary>
    public required IReadOnlyList<QueueHealth> Queues { get; init; }

    /// <summary>The dead letters; null where they could not be looked at.</summary>
    public DeadLetterHealth? DeadLetters { get; init; }

    /// <summary>Reconciliation; null where it could not be looked at.</summary>
    public ReconciliationHealth? Reconciliation { get; init; }
}

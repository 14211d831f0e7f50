namespace ConferenceFunctions.LocalHost;

/// <summary>How queues are pumped: <c>extensions.queues</c> of host.json, and the lease.</summary>
public sealed record QueueSettings
{
    /// <summary>Messages that are taken at a time, 1 to 32.</summary>
    public required int BatchSize { get; init; }

    /// <summary>More are taken when no more than that many are being worked on.</summary>
    public required int NewBatchThreshold { get; init; }

    /// <summary>How long a message waits after its function failed.</summary>
    public required TimeSpan VisibilityTimeout { get; init; }

    /// <summary>Longest pause between two looks at an empty queue.</summary>
    public required TimeSpan MaxPollingInterval { get; init; }

    /// <summary>Tries after which a message goes to the poison queue.</summary>
    public required int MaxDequeueCount { get; init; }

    /// <summary>
    /// How long a message is hidden while its function runs; renewed at half time. What a process was working on when it crashed
    /// comes back only after that time. Ten minutes, as in the Functions host; setting <c>LocalHost__Lease</c>.
    /// </summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(10);
}

using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Reconciliation;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Health;

/// <summary>Finds out how the system is. Whatever fails is part of the answer, and nothing is waited for longer than two seconds.</summary>
public sealed class HealthCheck(
    StorageAccount account,
    QueueBacklog backlog,
    DeadLetterStore deadLetters,
    ReconciliationStateStore reconciliation,
    IOptions<SignalWireOptions> signalWire,
    TimeProvider time)
{
    private const double MaxCallbackAge = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Looks at everything, side by side.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancellationToken)
    {
        Task<Answer<object>> blobs = AskAsync<object>(
            async token => await account.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer).GetPropertiesAsync(cancellationToken: token), cancellationToken);
        Task<Answer<DeadLetterHealth>> letters = AskAsync(deadLetters.CountAsync, cancellationToken);
        Task<Answer<ReconciliationHealth>> sweep = AskAsync(
            async token => ReconciliationHealth.Of((await reconciliation.ReadAsync(token)).State, signalWire.Value.IsConfigured), cancellationToken);
        Answer<QueueHealth>[] queues = await Task.WhenAll(
            StorageNames.Queues.Select(name => AskAsync(token => backlog.ReadAsync(name, token), cancellationToken)));
        StorageHealth[] storage =
        [
            Sum("blobs", await blobs),
            Sum("queues", queues),
            Sum("tables", await letters, await sweep),
        ];
        var report = new HealthReport
        {
            Status = HealthStatus.Healthy,
            CheckedAt = time.GetUtcNow(),
            Storage = storage,
            Queues = [.. StorageNames.Queues.Zip(queues, (name, answer) => answer.Value ?? new QueueHealth(name, null, null))],
            DeadLetters = (await letters).Value,
            Reconciliation = (await sweep).Value,
        };
        return report with { Status = Judge(report) };
    }

    private static HealthStatus Judge(HealthReport report) =>
        report.Storage.Any(service => service.Status != StorageHealth.Ok) ? HealthStatus.Unhealthy
        : report.DeadLetters is { Count: > 0 }
            || report.Reconciliation is { Enabled: true, LastError: not null }
            || report.Queues.Any(queue => queue.Name == StorageNames.CallbackQueue
                ? queue.OldestSeconds > MaxCallbackAge
                : queue.Name.EndsWith(StorageNames.PoisonSuffix, StringComparison.Ordinal) && queue.Messages > 0)
            ? HealthStatus.Degraded
        : HealthStatus.Healthy;

    private static StorageHealth Sum(string name, params IEnumerable<IAnswer> answers)
    {
        string? error = answers.Select(answer => answer.Error).FirstOrDefault(error => error is not null);
        double milliseconds = answers.Max(answer => answer.Duration.TotalMilliseconds);
        return new StorageHealth(name, error is null ? StorageHealth.Ok : StorageHealth.Failing, Math.Round(milliseconds, 1), error);
    }

    private async Task<Answer<T>> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken) where T : class
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        // A service that answers at the second try only is not well, and one that is away is to be told of at once.
        using IDisposable oneTry = OneTryPolicy.Begin();
        long start = time.GetTimestamp();
        try
        {
            return new Answer<T>(await ask(either.Token), time.GetElapsedTime(start), null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            string error = patience.IsCancellationRequested ? "timeout" : StorageFailure.Reason(exception);
            return new Answer<T>(null, time.GetElapsedTime(start), error);
        }
    }

    private interface IAnswer
    {
        TimeSpan Duration { get; }

        string? Error { get; }
    }

    private sealed record Answer<T>(T? Value, TimeSpan Duration, string? Error) : IAnswer where T : class;
}

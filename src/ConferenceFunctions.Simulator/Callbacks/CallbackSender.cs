using System.Threading.Channels;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>Posts callbacks, several at a time; each is tried several times until it is acknowledged.</summary>
/// <param name="client">Sends them.</param>
/// <param name="ledger">Keeps what became of each.</param>
/// <param name="time">The clock.</param>
internal sealed class CallbackSender(SignalWireClient client, Ledger ledger, TimeProvider time)
{
    /// <summary>How often SignalWire tries a callback in all.</summary>
    public const int DefaultAttempts = 3;

    private readonly Channel<LedgerEntry> _queue = Channel.CreateUnbounded<LedgerEntry>();

    /// <summary>Callbacks that are sent at a time.</summary>
    public int InFlight { get; init; } = 16;

    /// <summary>How often a callback is tried in all.</summary>
    public int Attempts { get; init; } = DefaultAttempts;

    /// <summary>Is told how long an acknowledgement took, from many threads.</summary>
    public Action<TimeSpan>? Acknowledged { get; init; }

    /// <summary>How long to wait before another attempt.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Decides whether a callback is dropped: never sent, as one that SignalWire loses.</summary>
    public Func<bool> Drops { get; init; } = () => false;

    /// <summary>Posts a callback as soon as it is its turn.</summary>
    public void Post(SimulatedCallback callback)
    {
        LedgerEntry entry = ledger.Add(callback);
        if (Drops())
        {
            ledger.Drop(entry);
        }
        else
        {
            _queue.Writer.TryWrite(entry);
        }
    }

    /// <summary>No more callbacks will come.</summary>
    public void Complete() => _queue.Writer.Complete();

    /// <summary>Sends what is posted, until no more will come.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => DrainAsync(cancellationToken)));

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        await foreach (LedgerEntry entry in _queue.Reader.ReadAllAsync(cancellationToken))
        {
            CallbackRequest request = CallbackEncoder.Encode(entry.Callback);
            for (int attempt = 1; attempt <= Attempts && !entry.Acknowledged; attempt++)
            {
                if (attempt > 1)
                {
                    await Task.Delay(RetryPause, time, cancellationToken);
                }

                SignalWireAnswer answer = await client.SendAsync(request, cancellationToken);
                ledger.Note(entry, answer, isLast: attempt == Attempts);
                if (answer.Succeeded)
                {
                    Acknowledged?.Invoke(answer.Elapsed);
                }
            }
        }
    }
}

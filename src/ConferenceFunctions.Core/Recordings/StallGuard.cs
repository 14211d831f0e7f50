namespace ConferenceFunctions.Core.Recordings;

/// <summary>Ends a request to a source that falls silent. What is done with the bytes in between may take its time.</summary>
internal sealed class StallGuard : IDisposable
{
    private readonly TimeSpan _timeout;
    private readonly CancellationTokenSource _stalled;
    private readonly CancellationTokenSource _either;

    public StallGuard(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _stalled = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stalled.Token, cancellationToken);
    }

    /// <summary>Whether the source was silent for too long.</summary>
    public bool HasStalled => _stalled.IsCancellationRequested;

    /// <summary>Cancels the request; runs from the beginning, until the first read.</summary>
    public CancellationToken Token => _either.Token;

    /// <summary>Reads what comes next.</summary>
    public async ValueTask<int> ReadAsync(Stream source, Memory<byte> buffer)
    {
        _stalled.CancelAfter(_timeout);
        int read = await source.ReadAsync(buffer, Token);
        _stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        return read;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _either.Dispose();
        _stalled.Dispose();
    }
}

using Azure;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.Tests.Storage;

public class PersistenceTests
{
    private readonly FakeTimeProvider _time = new();
    private int _tries;

    [Fact]
    public async Task What_passes_is_waited_for()
    {
        Exception? failure = await RunAsync(() => _tries < 9 ? new RequestFailedException(503, "busy") : null, TestContext.Current.CancellationToken);

        Assert.Null(failure);
        Assert.Equal(9, _tries);
    }

    [Fact]
    public async Task What_does_not_pass_is_told_at_once()
    {
        Exception? failure = await RunAsync(() => new RequestFailedException(413, "too large"), TestContext.Current.CancellationToken);

        Assert.IsType<RequestFailedException>(failure);
        Assert.Equal(1, _tries);
    }

    [Fact]
    public async Task What_takes_longer_than_ten_minutes_is_left_to_the_host()
    {
        DateTimeOffset start = _time.GetUtcNow();

        Exception? failure = await RunAsync(() => new RequestFailedException(503, "busy"), TestContext.Current.CancellationToken);

        Assert.IsType<RequestFailedException>(failure);
        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11));
    }

    [Fact]
    public async Task A_host_that_stops_is_not_kept_waiting()
    {
        using var stop = new CancellationTokenSource();

        Exception? failure = await RunAsync(
            () =>
            {
                stop.Cancel();
                return new RequestFailedException(503, "busy");
            },
            stop.Token);

        Assert.NotNull(failure);
        Assert.Equal(1, _tries);
    }

    private async Task<Exception?> RunAsync(Func<Exception?> fails, CancellationToken cancellationToken)
    {
        Task run = Persistence.RunAsync(
            _ =>
            {
                _tries++;
                return fails() is { } failure ? Task.FromException(failure) : Task.CompletedTask;
            },
            _time,
            cancellationToken);
        while (!run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return run.Exception?.InnerException;
    }
}

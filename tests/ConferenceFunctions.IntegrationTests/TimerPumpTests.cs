using System.Collections.Concurrent;
using System.Reflection;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.LocalHost;
using ConferenceFunctions.LocalHost.Functions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.IntegrationTests;

public class TimerPumpTests
{
    [Theory]
    [InlineData("0 */15 * * * *")]
    [InlineData("%Clock__Schedule%")]
    public async Task A_timer_function_is_called_at_its_times_even_if_it_failed_before(string schedule)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 11, 50, 0, TimeSpan.Zero));
        var clock = new Clock(time);
        await using ServiceProvider services = new ServiceCollection().AddSingleton(clock).BuildServiceProvider();
        using var log = new LogCapture();
        using ILoggerFactory logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Clock:Schedule"] = "0 */15 * * * *" }).Build();
        MethodInfo method = typeof(ClockFunctions).GetMethod(nameof(ClockFunctions.Strike))!;
        using var pump = new TimerPump(
            new TimerFunction(nameof(ClockFunctions.Strike), method, new TimerTriggerAttribute(schedule)), configuration,
            new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>()), time, logging.CreateLogger<TimerPump>());

        await pump.StartAsync(TestContext.Current.CancellationToken);
        for (int strikes = 0; strikes < 3; strikes++)
        {
            await TestHost.EventuallyAsync(() => Task.FromResult(StrikesAfterAdvance(time, clock)), count => count > strikes);
        }

        await pump.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal([(12, 0), (12, 15), (12, 30)], clock.Strikes.Take(3).Select(strike => (strike.Hour, strike.Minute)));
        Assert.Contains(log.Lines, line => line.Contains("Strike failed (InvalidOperationException)", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("every quarter")]
    [InlineData("%Clock__Schedule%")]
    public async Task A_schedule_that_is_none_stops_the_start(string schedule)
    {
        await using ServiceProvider services = new ServiceCollection().BuildServiceProvider();
        MethodInfo method = typeof(ClockFunctions).GetMethod(nameof(ClockFunctions.Strike))!;

        LocalHostException exception = Assert.Throws<LocalHostException>(() => new TimerPump(
            new TimerFunction(nameof(ClockFunctions.Strike), method, new TimerTriggerAttribute(schedule)), new ConfigurationBuilder().Build(),
            new FunctionInvoker(services.GetRequiredService<IServiceScopeFactory>()), TimeProvider.System, NullLogger<TimerPump>.Instance));

        Assert.Contains("of Strike is no NCrontab expression", exception.Message, StringComparison.Ordinal);
    }

    private static int StrikesAfterAdvance(FakeTimeProvider time, Clock clock)
    {
        // The pump may not wait yet when the clock moves: it moves on in small steps until it strikes.
        time.Advance(TimeSpan.FromSeconds(10));
        return clock.Strikes.Count;
    }

    internal sealed class Clock(TimeProvider time)
    {
        public ConcurrentQueue<DateTimeOffset> Strikes { get; } = [];

        public void Strike() => Strikes.Enqueue(time.GetUtcNow());
    }

    internal sealed class ClockFunctions(Clock clock)
    {
        [Function(nameof(Strike))]
        public Task Strike([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
        {
            Assert.NotNull(timer);
            cancellationToken.ThrowIfCancellationRequested();
            clock.Strike();
            return clock.Strikes.Count == 1 ? throw new InvalidOperationException() : Task.CompletedTask;
        }
    }
}

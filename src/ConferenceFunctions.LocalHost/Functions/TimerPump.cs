using Microsoft.Azure.Functions.Worker;
using NCrontab;

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>Calls the function of a timer at its times.</summary>
internal sealed partial class TimerPump(TimerFunction function, IConfiguration configuration, FunctionInvoker invoker, TimeProvider time, ILogger<TimerPump> logger)
    : BackgroundService
{
    // Longer than Task.Delay takes would be a schedule for years ahead.
    private static readonly TimeSpan MaxDelay = TimeSpan.FromDays(1);

    // Read before the start, so that a wrong one is told at once.
    private readonly CrontabSchedule _schedule = Parse(function, configuration);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await DelayUntilAsync(_schedule.GetNextOccurrence(time.GetUtcNow().UtcDateTime), stoppingToken);
                await CallAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    private static CrontabSchedule Parse(TimerFunction function, IConfiguration configuration)
    {
        string text = function.Trigger.Schedule;
        string expression = text is ['%', .. var setting, '%'] ? configuration[setting.Replace("__", ":", StringComparison.Ordinal)] ?? "" : text;
        return CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = expression.Split(' ').Length == 6 })
            ?? throw new LocalHostException($"The schedule '{expression}' of {function.Name} is no NCrontab expression.");
    }

    private async Task DelayUntilAsync(DateTime due, CancellationToken stoppingToken)
    {
        for (TimeSpan delay; (delay = due - time.GetUtcNow().UtcDateTime) > TimeSpan.Zero;)
        {
            await Task.Delay(delay < MaxDelay ? delay : MaxDelay, time, stoppingToken);
        }
    }

    private async Task CallAsync(CancellationToken stoppingToken)
    {
        try
        {
            await invoker.InvokeAsync(function.Method, new TimerInfo(), stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Log.Failed(logger, function.Name, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(410, LogLevel.Warning, "{Function} failed ({Reason}); it runs again at its next time.")]
        public static partial void Failed(ILogger logger, string function, string reason);
    }
}

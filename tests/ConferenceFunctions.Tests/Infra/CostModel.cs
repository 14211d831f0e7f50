using System.Globalization;

namespace ConferenceFunctions.Tests.Infra;

/// <summary>
/// What a million callbacks cost in Azure, in dollars: an upper bound, without the monthly free grants. List prices, pay as you go,
/// East US, as published in November 2026.
/// </summary>
/// <param name="Rate">Callbacks a second, evenly spread.</param>
/// <param name="AlwaysReady">Whether one instance is always ready for HTTP.</param>
/// <param name="Speaker">Whether most of them are <c>speaker</c> events, which come in crowds from few conferences.</param>
internal sealed record CostModel(double Rate, bool AlwaysReady, bool Speaker)
{
    // Flex Consumption
    private const double ExecutionPrice = 0.40 / 1e6;
    private const double OnDemandGbSecondPrice = 0.000026;
    private const double ReadyBaselineGbSecondPrice = 0.000004;
    private const double ReadyExecutionGbSecondPrice = 0.000016;
    private const double SecondsAMonth = 365.25 * 24 * 3600 / 12;

    // Every 5 and every 15 minutes, hourly, daily.
    private const double TimersAMonth = SecondsAMonth * ((1 / 300.0) + (1 / 900.0) + (1 / 3600.0) + (1 / 86400.0));

    // General-purpose v2, LRS, a request
    private const double QueueRequestPrice = 0.004 / 1e4;
    private const double TableRequestPrice = 0.00036 / 1e4;

    // Log Analytics, a GB
    private const double TelemetryPrice = 2.76;

    private const double Callbacks = 1e6;
    private const double InstanceGb = 0.5;

    // An instance is paid by the second in which it works at all, and at least for one.
    private const double LeastBilledSeconds = 1;

    // Requests to tables a callback, at most: the benchmark measures less. Crowds share transactions, lone callbacks don't.
    private const double TableRequestsAlone = 1.5;
    private const double TableRequestsInCrowds = 0.35;

    // Callbacks that share a message: none at these rates, unless they come in crowds.
    private const double CallbacksAMessageInCrowds = 4;

    // Put, receive, delete.
    private const double QueueRequestsAMessage = 3;

    // Queues that are looked at every two seconds though nothing is in them: recordings and both poison queues.
    private const double IdlePollsASecond = 3 / 2.0;

    // At the sampling that Bicep sets: the host's and the app's spans of both functions, and the requests to storage between.
    private const double SamplingRatio = 0.1;
    private const double SpansACallback = 8;
    private const double SpanBytes = 1000;

    // Two instances, each with that many series, once a minute.
    private const double MetricBytesASecond = 2 * 20 * 700 / 60.0;

    /// <summary>The prices of all this, as the README tells them.</summary>
    public static string Prices { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        List prices, pay as you go, East US, as known in November 2026; look them up before you rely on them. Flex Consumption: ${ExecutionPrice * 1e6:F2} a million
        executions; ${OnDemandGbSecondPrice:F6} a GB-second on demand; an always-ready instance ${ReadyBaselineGbSecondPrice:F6} a GB-second all the time and ${ReadyExecutionGbSecondPrice:F6} while it works.
        LRS storage: queues ${QueueRequestPrice * 1e4:F3}, tables ${TableRequestPrice * 1e4:F5} per 10,000 requests. Log Analytics ${TelemetryPrice:F2} a GB. The monthly free grants are not taken off.
        """).ReplaceLineEndings("\n");

    /// <summary>What is paid by the month though nobody calls, as the README tells it.</summary>
    public static string Idle { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        With no traffic at all a month costs: an always-ready instance ${SecondsAMonth * InstanceGb * ReadyBaselineGbSecondPrice:F2}; the timers, {TimersAMonth:N0} executions of a second, ${TimersAMonth * ((LeastBilledSeconds * InstanceGb * OnDemandGbSecondPrice) + ExecutionPrice):F2};
        polls of empty queues, up to ${SecondsAMonth * (IdlePollsASecond + (1 / 2.0)) * QueueRequestPrice:F2}; metrics, up to ${SecondsAMonth * MetricBytesASecond / 1e9 * TelemetryPrice:F2}; with `ALERT_EMAIL` five alert rules, about $5.50; and what is stored.
        """).ReplaceLineEndings("\n");

    /// <summary>Seconds until there are a million.</summary>
    private double Seconds => Callbacks / Rate;

    private double Messages => Callbacks / (Speaker ? CallbacksAMessageInCrowds : 1);

    /// <summary>Functions that are called: one a callback, one a message.</summary>
    public double Executions => (Callbacks + Messages) * ExecutionPrice;

    /// <summary>Memory by time of the instances that take callbacks and of those that apply them; each kind is an instance of its own.</summary>
    public double Memory
    {
        get
        {
            double taking = BusySeconds(Callbacks) * InstanceGb;
            double applying = BusySeconds(Messages) * InstanceGb * OnDemandGbSecondPrice;
            return applying + (AlwaysReady
                ? (Seconds * InstanceGb * ReadyBaselineGbSecondPrice) + (taking * ReadyExecutionGbSecondPrice)
                : taking * OnDemandGbSecondPrice);
        }
    }

    /// <summary>Requests to queues and tables, polls of empty queues apart: an upper bound of what the benchmark measures.</summary>
    public double StorageRequestsACallback => (Messages / Callbacks * QueueRequestsAMessage) + TableRequestsACallback;

    /// <summary>Requests to queues and tables.</summary>
    public double Storage =>
        (((Messages * QueueRequestsAMessage) + (Seconds * IdlePollsASecond)) * QueueRequestPrice) + (Callbacks * TableRequestsACallback * TableRequestPrice);

    /// <summary>Traces and metrics.</summary>
    public double Telemetry => ((Callbacks * SpansACallback * SpanBytes * SamplingRatio) + (Seconds * MetricBytesASecond)) / 1e9 * TelemetryPrice;

    /// <summary>All of it.</summary>
    public double Total => Executions + Memory + Storage + Telemetry;

    private double TableRequestsACallback => Speaker ? TableRequestsInCrowds : TableRequestsAlone;

    // One instance is enough for hundreds of callbacks a second.
    private double BusySeconds(double calls) => Math.Min(Seconds, calls * LeastBilledSeconds);
}

using System.Diagnostics.CodeAnalysis;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Says how the system is, to probes and to people.</summary>
[SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameter of a timer is what binds it.")]
public sealed class HealthFunctions(HealthCheck check, BacklogMeter meter, HttpAnswers answers)
{
    /// <summary>That it answers; looks at nothing.</summary>
    [Function(nameof(GetHealth))]
    public Task GetHealth(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health")] HttpRequest request) => answers.AnswerAsync(
            request, () => Task.FromResult<IResult>(new JsonAnswer<Liveness>(new(), ApiJson.Default.Liveness)));

    /// <summary>How storage, queues, dead letters and reconciliation are. Always 200: the status is in the answer.</summary>
    [Function(nameof(GetHealthDetail))]
    public Task GetHealthDetail(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/detail")] HttpRequest request,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
            new JsonAnswer<HealthReport>(await check.CheckAsync(cancellationToken), ApiJson.Default.HealthReport));

    /// <summary>
    /// Measures what waits, for alerts. Every five minutes: often enough for an alert that looks at a quarter of an hour, and with
    /// 9,000 calls a month well within what Flex Consumption grants for nothing.
    /// </summary>
    [Function(nameof(MeasureBacklog))]
    public Task MeasureBacklog([TimerTrigger("0 */5 * * * *")] TimerInfo timer, CancellationToken cancellationToken) => meter.MeasureAsync(cancellationToken);
}

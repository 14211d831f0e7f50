using System.Diagnostics.CodeAnalysis;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Retention;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Removes what should be gone: on request, or after its time.</summary>
[SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameter of a timer is what binds it.")]
public sealed class RetentionFunctions(ConferenceEraser eraser, RetentionSweep sweep, HttpAnswers answers)
{
    /// <summary>Erases a conference for good, with everything that belongs to it.</summary>
    [Function(nameof(EraseConference))]
    public Task EraseConference(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "conferences/{id}")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) => answers.AnswerAsync(request, async () =>
        {
            QueryParameters.Read(request);
            return await eraser.EraseAsync(RawTarget.SegmentAfter(request, "conferences", id), cancellationToken) == EraseOutcome.Erased
                ? Results.NoContent()
                : Problem.NotFound("There is no conference of that id, and never was: its first event may still be to be applied.");
        });

    /// <summary>Erases conferences after their time, and finishes what a crash ended. Hourly.</summary>
    [Function(nameof(SweepConferences))]
    public Task SweepConferences([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        sweep.SweepConferencesAsync(cancellationToken);

    /// <summary>Removes who called, and dead letters, after their time. At night: it looks at every caller.</summary>
    [Function(nameof(SweepRest))]
    public Task SweepRest([TimerTrigger("0 41 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => sweep.SweepRestAsync(cancellationToken);
}

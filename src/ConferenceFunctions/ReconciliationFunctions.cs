using System.Diagnostics.CodeAnalysis;
using ConferenceFunctions.Core.Reconciliation;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Finds what callbacks did not tell.</summary>
public sealed class ReconciliationFunctions(Reconciler reconciler)
{
    /// <summary>Every quarter of an hour. Does nothing as long as there is no access to a SignalWire space.</summary>
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "The parameter is what binds the trigger.")]
    [Function(nameof(ReconcileConferences))]
    public Task ReconcileConferences([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        reconciler.RunAsync(cancellationToken);
}

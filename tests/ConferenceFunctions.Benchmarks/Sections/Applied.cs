namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>What applying events took.</summary>
/// <param name="PerSecond">Events a second.</param>
/// <param name="QueueRequests">Requests to the queue service per event.</param>
/// <param name="TableRequests">Requests to the table service per event.</param>
internal sealed record Applied(double PerSecond, double QueueRequests, double TableRequests);

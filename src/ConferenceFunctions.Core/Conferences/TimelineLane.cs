namespace ConferenceFunctions.Core.Conferences;

/// <summary>Intervals of one kind, and how long they are together.</summary>
/// <param name="Intervals">The intervals, in order.</param>
/// <param name="TotalSeconds">How long they are together.</param>
public sealed record TimelineLane(IReadOnlyList<TimelineInterval> Intervals, double TotalSeconds);

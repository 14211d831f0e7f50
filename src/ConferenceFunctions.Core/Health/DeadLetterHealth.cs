namespace ConferenceFunctions.Core.Health;

/// <summary>How many dead letters there are.</summary>
/// <param name="Count">Dead letters, counted up to 1000.</param>
/// <param name="More">Whether there are more than were counted.</param>
/// <param name="Oldest">When the oldest of those that were counted was first seen.</param>
public sealed record DeadLetterHealth(int Count, bool More, DateTimeOffset? Oldest);

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A time during which something held for a participant.</summary>
/// <param name="From">When it began; null where that is not known.</param>
/// <param name="To">When it ended; null as long as it lasts, or where that is not known.</param>
/// <param name="Seconds">How long it lasted, or lasts so far; null where that can't be told.</param>
/// <param name="Open">Whether it still lasts.</param>
public sealed record TimelineInterval(DateTimeOffset? From, DateTimeOffset? To, double? Seconds, bool Open);

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What an event's key and flags tell: all that intervals are made of.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Muted">Whether the participant is muted after it; null where it does not tell.</param>
/// <param name="Held">Whether the participant is on hold after it; null where it does not tell.</param>
/// <param name="Coaching">Whether the participant is coaching after it; null where it does not tell.</param>
internal sealed record EventMark(EventKey Key, bool? Muted, bool? Held, bool? Coaching);

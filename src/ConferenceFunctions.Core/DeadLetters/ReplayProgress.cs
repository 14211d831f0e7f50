namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>How far the replay of a range of dead letters has come.</summary>
/// <param name="Replayed">Letters that this call put back into their queues.</param>
/// <param name="Failed">Letters that it could not put back; they are kept.</param>
/// <param name="Next">URL to post to for going on; null where the end was reached.</param>
public sealed record ReplayProgress(int Replayed, int Failed, string? Next);

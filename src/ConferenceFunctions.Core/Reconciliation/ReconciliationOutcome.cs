namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>What was done about conferences of the log.</summary>
/// <param name="RecordingsQueued">Recordings that were queued.</param>
/// <param name="ConferencesEnded">Conferences that were ended.</param>
/// <param name="LeftAlone">Whether its callbacks may still be on their way, so that it is to be looked at again.</param>
public readonly record struct ReconciliationOutcome(int RecordingsQueued, int ConferencesEnded, bool LeftAlone = false);

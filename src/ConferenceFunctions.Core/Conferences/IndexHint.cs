namespace ConferenceFunctions.Core.Conferences;

/// <summary>A row of the index.</summary>
/// <param name="Position">Its keys.</param>
/// <param name="ConferenceId">The conference to which it leads.</param>
internal sealed record IndexHint(IndexPosition Position, string ConferenceId);

using Azure;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A row of the index.</summary>
/// <param name="Position">Its keys.</param>
/// <param name="ConferenceId">The conference to which it leads.</param>
/// <param name="Version">Its version, which changes whenever it is written.</param>
internal sealed record IndexHint(IndexPosition Position, string ConferenceId, ETag Version);

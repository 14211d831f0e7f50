namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>A sweep that has not come to its end yet.</summary>
/// <param name="From">It looks at conferences that were created then or later.</param>
/// <param name="Until">It looks at conferences that were created before.</param>
/// <param name="NextPage">Path and query of the page that is next; null for the first one.</param>
/// <param name="OpenSince">When the first of the conferences was created that are to be looked at again; null without one so far.</param>
public sealed record ReconciliationSweep(DateTimeOffset From, DateTimeOffset Until, string? NextPage = null, DateTimeOffset? OpenSince = null);

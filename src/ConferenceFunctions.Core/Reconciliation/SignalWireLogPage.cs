namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>A page of SignalWire's log of conferences.</summary>
/// <param name="Conferences">What is on it.</param>
/// <param name="Unreadable">How many more entries are on it that can't be read.</param>
/// <param name="NextPage">Path and query of the next page; null on the last one.</param>
public sealed record SignalWireLogPage(IReadOnlyList<SignalWireConference> Conferences, int Unreadable, string? NextPage);

namespace ConferenceFunctions.Core.Callbacks;

/// <summary>What became of a callback.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">What is wrong, and what to do; null where nothing is.</param>
public sealed record IntakeResult(IntakeOutcome Outcome, string? Fault = null);

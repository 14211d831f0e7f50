namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>Something that somebody does at some time.</summary>
/// <param name="At">When, from the beginning.</param>
/// <param name="Participant">Who, from 0.</param>
/// <param name="Action">What.</param>
internal sealed record ScriptStep(TimeSpan At, int Participant, ScriptAction Action);

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Until when what was open in a conference lasted.</summary>
/// <param name="Time">That time in microseconds since 1970; 0 if unknown.</param>
/// <param name="Reason">Why it lasted no longer.</param>
internal sealed record ConferenceEnd(long Time, StintEnd Reason)
{
    /// <summary>When something that began at that time was over: not before it began.</summary>
    public long After(long begin) => Time == 0 ? 0 : Math.Max(Time, begin);
}

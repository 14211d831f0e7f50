namespace ConferenceFunctions.Core.Conferences;

/// <summary>What became of events that were to be applied.</summary>
public enum ApplyOutcome
{
    /// <summary>They are in the table.</summary>
    Applied,

    /// <summary>The conference was erased; they were dropped.</summary>
    Erased,
}

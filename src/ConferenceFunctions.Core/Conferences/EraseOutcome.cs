namespace ConferenceFunctions.Core.Conferences;

/// <summary>What became of a conference that was to be erased.</summary>
public enum EraseOutcome
{
    /// <summary>Nothing of it is left but its tombstone.</summary>
    Erased,

    /// <summary>There is none of that id.</summary>
    NotFound,
}

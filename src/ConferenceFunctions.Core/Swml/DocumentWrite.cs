namespace ConferenceFunctions.Core.Swml;

/// <summary>What became of a change to a stored document.</summary>
public enum DocumentWrite
{
    /// <summary>It was not there before.</summary>
    Created,

    /// <summary>It was there before.</summary>
    Replaced,

    /// <summary>It is gone.</summary>
    Deleted,

    /// <summary>There is no such document.</summary>
    NotFound,

    /// <summary>It has another version than the change was made for.</summary>
    PreconditionFailed,
}

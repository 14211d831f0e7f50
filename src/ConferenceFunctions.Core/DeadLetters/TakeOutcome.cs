namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>What became of a dead letter that was to be replayed.</summary>
public enum TakeOutcome
{
    /// <summary>It was taken care of, and is no dead letter any more.</summary>
    Taken,

    /// <summary>There is none of that id.</summary>
    NotFound,

    /// <summary>Its body is gone, so that nothing can be done but to discard it.</summary>
    WithoutBody,
}

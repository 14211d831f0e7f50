namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>What became of a dead letter that was to be replayed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Outcome"><c>replayed</c>: it is back in its queue.</param>
public sealed record DeadLetterReplayed(string Id, string Outcome = "replayed");

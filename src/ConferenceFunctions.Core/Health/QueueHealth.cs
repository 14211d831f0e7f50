namespace ConferenceFunctions.Core.Health;

/// <summary>How full a queue is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Messages">Messages in it, about; those that wait for their next try included. Null where it could not be looked at.</param>
/// <param name="OldestSeconds">
/// For how many seconds the oldest has waited of those that can be taken now: a callback since it was received, however often it was
/// put back. Null where there is none.
/// </param>
public sealed record QueueHealth(string Name, int? Messages, double? OldestSeconds);

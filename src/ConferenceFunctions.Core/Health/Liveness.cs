namespace ConferenceFunctions.Core.Health;

/// <summary>That the process answers.</summary>
/// <param name="Status"><c>ok</c>.</param>
public sealed record Liveness(string Status = "ok");

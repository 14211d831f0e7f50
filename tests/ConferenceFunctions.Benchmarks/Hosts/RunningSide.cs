namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>A side that takes requests.</summary>
/// <param name="BaseUrl">Where it listens.</param>
/// <param name="Host">Ends it when it is disposed of.</param>
/// <param name="CommandAsync">Does what its process was told, beside HTTP: the arguments of the command.</param>
internal sealed record RunningSide(string BaseUrl, IAsyncDisposable Host, Func<string[], Task>? CommandAsync = null);

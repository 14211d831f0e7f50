namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>A callback in the queue.</summary>
internal sealed record PlainMessage(string Document, DateTimeOffset ReceivedAt, string Body);

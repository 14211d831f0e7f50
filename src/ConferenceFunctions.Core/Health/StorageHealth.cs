namespace ConferenceFunctions.Core.Health;

/// <summary>How a storage service is.</summary>
/// <param name="Name"><c>blobs</c>, <c>queues</c> or <c>tables</c>.</param>
/// <param name="Status"><c>ok</c> or <c>failing</c>.</param>
/// <param name="Milliseconds">How long it took to answer, or how long nobody waited longer for it.</param>
/// <param name="Error">What went wrong: the error code of storage, the type of an exception, or <c>timeout</c>.</param>
public sealed record StorageHealth(string Name, string Status, double Milliseconds, string? Error)
{
    /// <summary>Status of a service that answers.</summary>
    public const string Ok = "ok";

    /// <summary>Status of a service that does not.</summary>
    public const string Failing = "failing";
}

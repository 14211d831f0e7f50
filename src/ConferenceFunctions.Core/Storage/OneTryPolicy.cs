using Azure.Core;
using Azure.Core.Pipeline;

namespace ConferenceFunctions.Core.Storage;

/// <summary>Retries requests to storage; not those that are sent to learn whether it answers.</summary>
internal sealed class OneTryPolicy(DelayStrategy delays) : RetryPolicy(MaxRetries, delays)
{
    private const int MaxRetries = 3;
    private const string Property = "ConferenceFunctions.OneTry";

    /// <summary>Until it is disposed of, requests of this flow are tried once.</summary>
    public static IDisposable Begin() => HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = true });

    /// <inheritdoc />
    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        message.TryGetProperty(Property, out _) ? new ValueTask<bool>(false) : base.ShouldRetryAsync(message, exception);
}

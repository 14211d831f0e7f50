using System.Text.Json;

namespace ConferenceFunctions.LocalHost;

/// <summary>What LocalHost takes from host.json: the same settings that the Functions host takes there.</summary>
/// <param name="RoutePrefix">What every route begins with.</param>
/// <param name="Queues">How queues are pumped.</param>
public sealed record HostJson(string RoutePrefix, QueueSettings Queues)
{
    /// <summary>Reads host.json.</summary>
    public static HostJson Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        JsonElement extensions = document.RootElement.GetProperty("extensions");
        JsonElement queues = extensions.GetProperty("queues");
        return new HostJson(
            extensions.GetProperty("http").GetProperty("routePrefix").GetString()!,
            new QueueSettings
            {
                BatchSize = queues.GetProperty("batchSize").GetInt32(),
                NewBatchThreshold = queues.GetProperty("newBatchThreshold").GetInt32(),
                VisibilityTimeout = Time(queues, "visibilityTimeout"),
                MaxPollingInterval = Time(queues, "maxPollingInterval"),
                MaxDequeueCount = queues.GetProperty("maxDequeueCount").GetInt32(),
            });
    }

    private static TimeSpan Time(JsonElement parent, string name) =>
        TimeSpan.Parse(parent.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}

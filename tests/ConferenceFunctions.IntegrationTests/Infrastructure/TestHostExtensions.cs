using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.DeadLetters;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>What tests of dead letters and of erasing do with a host.</summary>
public static class TestHostExtensions
{
    /// <summary>Dead letters.</summary>
    public static async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(this TestHost host, string query = "") =>
        (await host.GetAsync($"dead-letters?{query}", ApiJson.Default.PageDeadLetter))!.Items;

    /// <summary>Waits for so many dead letters.</summary>
    public static Task<IReadOnlyList<DeadLetter>> EventualDeadLettersAsync(this TestHost host, int count) =>
        TestHost.EventuallyAsync(() => host.DeadLettersAsync(), letters => letters.Count >= count);

    /// <summary>Posts nothing to a route.</summary>
    public static Task<HttpResponseMessage> PostAsync(this TestHost host, string route) =>
        host.Client.PostAsync(new Uri(route, UriKind.RelativeOrAbsolute), null, TestContext.Current.CancellationToken);

    /// <summary>Sends a DELETE to a route.</summary>
    public static Task<HttpResponseMessage> DeleteAsync(this TestHost host, string route) =>
        host.Client.DeleteAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);

    /// <summary>Sends a message to a queue.</summary>
    public static Task SendAsync(this TestHost host, string queue, string message) =>
        host.Storage.Queues.GetQueueClient(queue).SendMessageAsync(message, TestContext.Current.CancellationToken);

    /// <summary>Messages in a queue, those included that nobody can see now.</summary>
    public static async Task<int> CountAsync(this TestHost host, string queue) =>
        (await host.Storage.Queues.GetQueueClient(queue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>All rows of a table.</summary>
    public static async Task<List<TableEntity>> RowsAsync(this TestHost host, string table) =>
        await host.Storage.Tables.GetTableClient(table).QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>Names of all blobs in a container, also of those that have blocks only.</summary>
    public static async Task<List<string>> BlobsAsync(this TestHost host, string container) =>
        await host.Storage.Blobs.GetBlobContainerClient(container)
            .GetBlobsAsync(new GetBlobsOptions { States = BlobStates.Uncommitted }, TestContext.Current.CancellationToken)
            .Select(blob => blob.Name).ToListAsync(TestContext.Current.CancellationToken);

    /// <summary>A message of the queue <c>callbacks</c>.</summary>
    public static string Message(params IEnumerable<QueuedCallback> callbacks) =>
        CallbackMessage.Assemble(null, 0, [.. callbacks.Select(CallbackMessage.Encode)]).ToString();

    /// <summary>A callback as it is queued.</summary>
    public static QueuedCallback Queued(string body, CallbackKind kind = CallbackKind.Conference, DateTimeOffset? receivedAt = null) =>
        new("id", kind, "room", receivedAt ?? TimeProvider.System.GetUtcNow(), Encoding.UTF8.GetBytes(body));
}

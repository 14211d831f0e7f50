using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>An app with a small and a large conference, and everything that it asks the tables.</summary>
public sealed class LargeConferences(AzuriteFixture azurite) : IAsyncLifetime
{
    private FaultProxy? _proxy;
    private TestHost? _app;

    /// <summary>How many events each conference has; its id is their number.</summary>
    public static IReadOnlyList<int> Sizes { get; } = [100, 5000];

    /// <summary>The app.</summary>
    public TestHost App => _app!;

    /// <summary>Queries to the tables so far, and how many rows each was answered with.</summary>
    public ConcurrentQueue<(string Query, int Rows)> Queries { get; } = [];

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _proxy = await FaultProxy.StartAsync(azurite);
        _app = await TestHost.StartAsync(azurite, storage: _proxy.ConnectionString);
        foreach (int size in Sizes)
        {
            // Three at a time have the same time, so that pages end between them, too.
            string id = $"{size}";
            await EventSeeder.SeedAsync(_app, id, Enumerable.Range(0, size).Select(i => Callback.Json(id, "participant-modify", i / 3, "a", new() { ["n"] = i })));
        }

        _proxy.Answered = (service, target, body) =>
        {
            if (service == "table" && target.Contains("()", StringComparison.Ordinal))
            {
                Queries.Enqueue((Uri.UnescapeDataString(target), JsonNode.Parse(body)!["value"]!.AsArray().Count));
            }
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await (_app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_proxy?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

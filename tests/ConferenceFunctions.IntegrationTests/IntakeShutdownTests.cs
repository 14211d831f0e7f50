using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeShutdownTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Ending_the_process_under_load_loses_nothing_that_was_acknowledged()
    {
        string storage = azurite.NewAccount();
        await using LocalHostProcess process = LocalHostProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--storage", storage], new Dictionary<string, string?> { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" });
        string baseUrl = await process.ReadyAsync();
        using var client = new HttpClient();
        Uri callback = await LocalHostProcess.CallbackUrlAsync(client, baseUrl);
        ConcurrentBag<string> acknowledged = [];
        using var ended = new CancellationTokenSource();

        Task[] senders = [.. Enumerable.Range(0, 32).Select(sender => Task.Run(async () =>
        {
            for (int i = 0; !ended.IsCancellationRequested; i++)
            {
                string call = $"call{sender}-{i}";
                using var content = new StringContent(Callback.Json($"c{sender}", "participant-join", i, call), Encoding.UTF8, "application/json");
                try
                {
                    using HttpResponseMessage response = await client.PostAsync(callback, content, TestContext.Current.CancellationToken);
                    if (response.StatusCode == HttpStatusCode.NoContent)
                    {
                        acknowledged.Add(call);
                    }
                }
                catch (HttpRequestException)
                {
                    // The process is ending: not acknowledged.
                }
            }
        }))];
        await TestHost.EventuallyAsync(() => Task.FromResult(acknowledged.Count), count => count > 500);
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync());
        await ended.CancelAsync();
        await Task.WhenAll(senders);

        HashSet<string> stored = [.. QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage))
            .Select(queued => JsonNode.Parse(queued.Body.Span)!["params"]!["call_id"]!.GetValue<string>())];
        Assert.Empty(acknowledged.Except(stored));
    }
}

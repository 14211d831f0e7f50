using System.Net;
using System.Text;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class DurabilityTests(AzuriteFixture azurite)
{
    private const int Events = 40;

    [Fact]
    public async Task Killing_the_process_between_the_acknowledgement_and_the_apply_loses_nothing()
    {
        string storage = azurite.NewAccount();
        await using (LocalHostProcess acknowledging = LocalHostProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--storage", storage],
            // Takes callbacks, and never comes to apply them.
            new Dictionary<string, string?> { ["AzureWebJobs.ApplyCallbacks.Disabled"] = "true" }))
        {
            await PostAsync(acknowledging, 0, Events / 2);
            await acknowledging.KillAsync();
        }

        await using (LocalHostProcess applying = LocalHostProcess.Start(["--urls", "http://127.0.0.1:0", "--storage", storage]))
        {
            // Killed while it applies what the first one acknowledged, and takes more.
            await PostAsync(applying, Events / 2, Events / 2);
            await applying.KillAsync();
        }

        await using TestHost host = await TestHost.StartAsync(azurite, storage: storage);
        IReadOnlyList<ConferenceLogEntry> events = await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count >= Events);
        Assert.Equal(Enumerable.Range(0, Events).Select(i => $"call{i}"), events.Select(e => e.Params.GetProperty("call_id").GetString()));
    }

    private static async Task PostAsync(LocalHostProcess process, int from, int count)
    {
        using var client = new HttpClient();
        Uri callback = await LocalHostProcess.CallbackUrlAsync(client, await process.ReadyAsync());
        await Task.WhenAll(Enumerable.Range(from, count).Select(async i =>
        {
            using var content = new StringContent(Callback.Json("c1", "participant-join", i, $"call{i}"), Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await client.PostAsync(callback, content, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }));
    }
}

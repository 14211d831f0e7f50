using System.Collections.Concurrent;
using System.Net;
using System.Text;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Callbacks;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeFuzzTests(AzuriteFixture azurite)
{
    private const int Round = 20_000;

    [Fact]
    public async Task Whatever_is_posted_gives_no_5xx_and_no_message_that_can_not_be_read()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"CF_SEED={Seeded.Seed}");
        // In rounds, each on an account of its own: Azurite gets slow with many messages and with many rows of a partition.
        for (int first = 0; first < Seeded.Iterations(Round, 10 * Round); first += Round)
        {
            await PlayAsync(first);
        }
    }

    private async Task PlayAsync(int first)
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, new(TestHost.NotApplied) { ["Callbacks:PutTimeout"] = "00:00:05" }, storage);
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();

        await Parallel.ForEachAsync(Enumerable.Range(first, Round), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, token) =>
        {
            using HttpRequestMessage request = RandomRequest(new Random(Seeded.Seed + i), host);
            using HttpResponseMessage response = await host.Client.SendAsync(request, token);
            statuses.AddOrUpdate(response.StatusCode, 1, (_, seen) => seen + 1);
            Assert.True((int)response.StatusCode < 500, $"{await response.Content.ReadAsStringAsync(token)} for CF_SEED={Seeded.Seed + i}");
        });
        IReadOnlyList<QueuedCallback> queued = QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", statuses.Select(status => $"{status.Key}: {status.Value}")));
        Assert.Equal(statuses[HttpStatusCode.NoContent], queued.Count);
        Assert.True(statuses[HttpStatusCode.BadRequest] > 0);
        Assert.All(queued, callback => Assert.True(CallbackParser.TryParse(callback.Body, callback.Kind, out _, out string? fault), fault));
    }

    private static HttpRequestMessage RandomRequest(Random random, TestHost host)
    {
        byte[] body = CallbackMutations.Next(random);
        string url = random.Next(2) == 0 ? host.Urls.ConferenceCallback("room") : host.Urls.RecordingCallback("room");
        if (random.Next(4) == 0)
        {
            return new HttpRequestMessage(HttpMethod.Get, $"{url}&{Uri.EscapeDataString(Encoding.Latin1.GetString(body)).Replace("%3D", "=", StringComparison.Ordinal).Replace("%26", "&", StringComparison.Ordinal)}");
        }

        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation(
            "Content-Type", random.Pick("application/json", "application/x-www-form-urlencoded", "text/plain", "application/json; charset=utf-16", "multipart/form-data", "nonsense", ""));
        return new HttpRequestMessage(HttpMethod.Post, $"{url}{random.Pick("", "&a=b", "&%", "&t=x", "&params[status]=x")}") { Content = content };
    }
}

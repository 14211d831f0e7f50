using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public class IntakeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_request_that_can_not_be_read_is_kept_byte_for_byte_and_answered_with_what_is_wrong()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        byte[][] bodies =
        [
            Encoding.UTF8.GetBytes(new string('"', CallbackParser.MaxBytes)), [.. Enumerable.Repeat((byte)1, CallbackParser.MaxBytes)], [.. Enumerable.Repeat((byte)0xFF, CallbackParser.MaxBytes)],
        ];

        foreach (byte[] body in bodies.Concat(bodies))
        {
            using var content = new ByteArrayContent(body);
            using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.ConferenceCallback("room")), content, TestContext.Current.CancellationToken);
            JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("The request is neither a JSON object nor form fields.", problem["detail"]!.GetValue<string>());
        }

        List<byte[]> kept = [];
        await foreach (Azure.Storage.Blobs.Models.BlobItem blob in host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer)
            .GetBlobsAsync(new Azure.Storage.Blobs.Models.GetBlobsOptions(), TestContext.Current.CancellationToken))
        {
            kept.Add((await host.Storage.Blobs.GetBlobContainerClient(StorageNames.DeadLetterContainer).GetBlobClient(blob.Name)
                .DownloadContentAsync(TestContext.Current.CancellationToken)).Value.Content.ToArray());
        }

        Assert.Equal(bodies.Select(Convert.ToHexString).Order(), kept.Select(Convert.ToHexString).Order());
    }

    [Fact]
    public async Task A_callback_of_the_largest_size_is_taken_and_a_larger_one_is_a_413()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied);
        string largest = Callback.Json("c1", "participant-join", 1, "a", new JsonObject { ["tag"] = "" });
        largest = largest.Replace("\"tag\":\"\"", $"\"tag\":\"{new string('x', CallbackParser.MaxBytes - largest.Length)}\"", StringComparison.Ordinal);

        using HttpResponseMessage taken = await host.PostEventAsync(largest);
        using HttpResponseMessage refused = await host.PostEventAsync(largest + " ");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.RequestEntityTooLarge), (taken.StatusCode, refused.StatusCode));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_callback_by_get_is_kept_without_our_own_token()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, storage);

        using HttpResponseMessage response = await host.Client.GetAsync(
            new Uri(host.Urls.ConferenceCallback("room") + "&params%5Bstatus%5D=participant-join&params.conference_id=c1&call_id=a%20b"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        QueuedCallback queued = Assert.Single(QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage)));
        Assert.Equal("params%5Bstatus%5D=participant-join&params.conference_id=c1&call_id=a%20b", Encoding.UTF8.GetString(queued.Body.Span));
    }
}

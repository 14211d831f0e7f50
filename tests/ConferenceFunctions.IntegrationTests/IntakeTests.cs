using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
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
    public async Task Of_requests_that_can_not_be_read_so_many_a_second_are_kept_and_all_are_answered()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, time: new TestClock());

        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, 25).Select(i => host.PostEventAsync($"no event {i}")));

        Assert.All(responses, response => Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode));
        Page<DeadLetter>? kept = await host.GetAsync("dead-letters", ApiJson.Default.PageDeadLetter);
        Assert.Equal(20, kept!.Items.Count);
    }

    [Theory]
    [InlineData("{0}&status=participant-join&conference_id=c1&call_id=a")]
    [InlineData("status=participant-join&conference_id=c1&call_id=a&{0}")]
    [InlineData("{0}&params.status=participant-join&params.conference_id=c1&params.call_id=a")]
    [InlineData("{0}&event=%7B%22params%22%3A%7B%22status%22%3A%22participant-join%22%2C%22conference_id%22%3A%22c1%22%2C%22call_id%22%3A%22a%22%7D%7D")]
    [InlineData("{0}&params=%7B%22status%22%3A%22participant-join%22%2C%22conference_id%22%3A%22c1%22%2C%22call_id%22%3A%22a%22%7D")]
    [InlineData("{0}&%7B%22params%22%3A%7B%22status%22%3A%22participant-join%22%2C%22conference_id%22%3A%22c1%22%2C%22call_id%22%3A%22a%22%7D%7D")]
    [InlineData("{0}&ConferenceSid=c1&CallSid=a&StatusCallbackEvent=participant-join")]
    [InlineData("{0}", """{"params":{"status":"participant-join","conference_id":"c1","call_id":"a"}}""")]
    public async Task However_a_callback_comes_by_get_it_is_taken_with_a_token_and_with_a_signature_alike(string query, string? body = null)
    {
        const string Key = "PSK_key";
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, new(TestHost.NotApplied) { ["Auth:SigningKeys"] = Key }, storage);
        string callback = host.Urls.ConferenceCallback("room");
        string withToken = $"{callback.Split('?')[0]}?{string.Format(CultureInfo.InvariantCulture, query, callback.Split('?')[1])}";
        string signed = withToken.Replace(callback.Split('?')[1], "", StringComparison.Ordinal);

        foreach ((string url, string? key) in new[] { (withToken, null), (signed, Key) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url) { Content = body is null ? null : new StringContent(body) };
            if (key is not null)
            {
                byte[] signature = HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(url + body));
                request.Headers.Add("X-Signalwire-Signature", Convert.ToHexStringLower(signature));
            }

            using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((url, HttpStatusCode.NoContent), (url, response.StatusCode));
        }

        Assert.All(QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage)), queued =>
        {
            Assert.True(CallbackParser.TryParse(queued.Body, queued.Kind, out ConferenceEvent? e, out _));
            Assert.Equal(("c1", "participant-join", "a"), (e.ConferenceId, e.Status, e.CallId));
        });
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", """{"params":{"status":"participant-join","conference_id":"c1","call_id":"a"}}""")]
    [InlineData("text/plain", """{"params":{"status":"participant-join","conference_id":"c1","call_id":"a"}}""")]
    [InlineData(null, """{"params":{"status":"participant-join","conference_id":"c1","call_id":"a"}}""")]
    [InlineData("application/json", "ConferenceSid=c1&CallSid=a&StatusCallbackEvent=participant-join")]
    [InlineData(null, "ConferenceSid=c1&CallSid=a&StatusCallbackEvent=participant-join")]
    public async Task What_a_body_is_is_seen_from_its_content_whatever_its_type_says(string? contentType, string body)
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied, storage);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);

        using HttpResponseMessage response = await host.Client.PostAsync(new Uri(host.Urls.ConferenceCallback("room")), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        QueuedCallback queued = Assert.Single(QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage)));
        Assert.True(CallbackParser.TryParse(queued.Body, queued.Kind, out ConferenceEvent? e, out _));
        Assert.Equal(("c1", "participant-join", "a"), (e.ConferenceId, e.Status, e.CallId));
    }

    [Theory]
    [InlineData(CallbackParser.MaxBytes, HttpStatusCode.BadRequest)]
    [InlineData(CallbackParser.MaxBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_that_does_not_tell_its_length_has_the_same_limit(int length, HttpStatusCode expected)
    {
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied);
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Urls.ConferenceCallback("room")) { Content = new ByteArrayContent(new byte[length]) };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
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

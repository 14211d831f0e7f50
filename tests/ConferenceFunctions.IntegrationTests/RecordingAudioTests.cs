using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.LocalHost.Azurite;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.IntegrationTests;

public class RecordingAudioTests(RecordingScene scene) : IClassFixture<RecordingScene>
{
    private static readonly byte[] Audio = WaveAudio.Create(9, 2);

    private static readonly HttpClientHandler NoRedirects = new() { AllowAutoRedirect = false };

    [Fact]
    public async Task The_audio_is_played_from_storage_by_a_link_that_expires_and_takes_ranges()
    {
        (string conference, string id) = await ArchivedAsync();
        using HttpResponseMessage redirect = await GetAsync(conference, id);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();

        using HttpResponseMessage audio = await RangeAsync(redirect.Headers.Location!, HttpMethod.Get);
        using HttpResponseMessage write = await RangeAsync(redirect.Headers.Location!, HttpMethod.Delete);

        Assert.Equal(HttpStatusCode.Found, redirect.StatusCode);
        Assert.True(redirect.Headers.CacheControl!.NoStore);
        Assert.Equal(HttpStatusCode.PartialContent, audio.StatusCode);
        Assert.Equal("audio/wav", audio.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Audio[1000..2001], await audio.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, write.StatusCode);
        string expiry = Uri.UnescapeDataString(redirect.Headers.Location!.Query.Split('&').Single(part => part.TrimStart('?').StartsWith("se=", StringComparison.Ordinal)).Split('=')[1]);
        Assert.InRange(DateTimeOffset.Parse(expiry, System.Globalization.CultureInfo.InvariantCulture) - now, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Who_asks_for_json_is_told_the_link()
    {
        (string conference, string id) = await ArchivedAsync();

        using HttpResponseMessage response = await GetAsync(conference, id, "application/json");
        JsonObject link = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["url", "expires_at", "content_type"], link.Select(property => property.Key));
        Assert.Equal("audio/wav", link["content_type"]!.GetValue<string>());
        using HttpResponseMessage audio = await RangeAsync(new Uri(link["url"]!.GetValue<string>()), HttpMethod.Get);
        Assert.Equal(HttpStatusCode.PartialContent, audio.StatusCode);
    }

    [Fact]
    public async Task A_recording_is_found_by_its_id()
    {
        (string conference, string id) = await ArchivedAsync();

        Recording? recording = await scene.Host.GetAsync($"conferences/{conference}/recordings/{id}", Core.ApiJson.Default.Recording);
        Recording? other = await scene.Host.GetAsync($"conferences/{conference}/recordings/other", Core.ApiJson.Default.Recording);
        Recording? elsewhere = await scene.Host.GetAsync($"conferences/other/recordings/{id}", Core.ApiJson.Default.Recording);

        Assert.Equal(Assert.Single(await scene.RecordingsAsync(conference)), recording);
        Assert.Null(other);
        Assert.Null(elsewhere);
    }

    [Theory]
    [InlineData("absent", HttpStatusCode.NotFound, "too short, or silent")]
    [InlineData("missing", HttpStatusCode.NotFound, "did not say where")]
    [InlineData("failed", HttpStatusCode.Conflict, "no longer (410)")]
    [InlineData("pending", HttpStatusCode.Conflict, "still to be fetched")]
    [InlineData("unknown", HttpStatusCode.NotFound, "no recording of that id")]
    public async Task Where_there_is_no_audio_the_answer_says_why(string state, HttpStatusCode status, string detail)
    {
        string conference = scene.NewConference();
        string id = scene.Add(Audio, state == "failed" ? Misbehaviour.Answer(410) : Misbehaviour.StallAfter(0));
        await (state switch
        {
            "absent" => scene.Host.PostEventAsync(Callback.Json(conference, "record-absent", 1)),
            "missing" => scene.Host.PostEventAsync(Callback.Json(conference, "record-start", 1)),
            "pending" => scene.PutRowAsync(conference, id),
            _ => scene.AnnounceAsync(conference, scene.UrlOf(id)),
        });
        if (state == "missing")
        {
            using HttpResponseMessage ended = await scene.Host.PostEventAsync(Callback.Json(conference, "conference-end", 2));
        }

        Recording recording = state == "pending" ? Assert.Single(await scene.RecordingsAsync(conference)) : await scene.SettledAsync(conference);
        using HttpResponseMessage response = await GetAsync(conference, state == "unknown" ? "unknown" : recording.RecordingId);
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(detail, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_identity_links_are_signed_by_a_user_delegation_key()
    {
        string directory = Directory.CreateTempSubdirectory("azurite-https-").FullName;
        try
        {
            using X509Certificate2 certificate = SelfSigned.Create();
            await File.WriteAllTextAsync(Path.Combine(directory, "cert.pem"), certificate.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(directory, "key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
            await using AzuriteProcess azurite = await AzuriteProcess.StartAsync(
                await AzuriteInstallation.EnsureAsync(_ => { }, TestContext.Current.CancellationToken),
                [
                    "--inMemoryPersistence", "--blobPort", "0", "--queuePort", "0", "--tablePort", "0", "--oauth", "basic",
                    "--cert", Path.Combine(directory, "cert.pem"), "--key", Path.Combine(directory, "key.pem"),
                ],
                cancellationToken: TestContext.Current.CancellationToken);
            using var trusting = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
            var blobs = new BlobServiceClient(
                new Uri(azurite.Blob, "devstoreaccount1"), new UnsignedToken(), new BlobClientOptions { Transport = new HttpClientTransport(trusting) });
            BlobContainerClient container = await blobs.CreateBlobContainerAsync(StorageNames.RecordingContainer, cancellationToken: TestContext.Current.CancellationToken);
            await container.GetBlobClient("c1/r1.wav").UploadAsync(BinaryData.FromBytes(Audio), TestContext.Current.CancellationToken);
            using var links = new RecordingLinks(blobs, TimeProvider.System);

            RecordingLink? link = await links.CreateAsync(
                new Recording { RecordingId = "r1", Status = RecordingStatus.Archived, Attempts = 1, Blob = "c1/r1.wav", ContentType = "audio/wav" }, TestContext.Current.CancellationToken);
            Uri known = await InKnownFormatAsync(blobs, new Uri(link!.Url));
            using HttpResponseMessage audio = await RangeAsync(known, HttpMethod.Get, trusting);
            using HttpResponseMessage forged = await RangeAsync(new Uri(known.AbsoluteUri.Replace("sp=r", "sp=rw", StringComparison.Ordinal)), HttpMethod.Get, trusting);

            Assert.Contains("skoid=", link.Url, StringComparison.Ordinal);
            Assert.Contains("spr=https", link.Url, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.PartialContent, audio.StatusCode);
            Assert.Equal(Audio[1000..2001], await audio.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>The same signature in the newest format that the emulator knows: that of the SDK is newer. With the same key, if that is the right one.</summary>
    private static async Task<Uri> InKnownFormatAsync(BlobServiceClient blobs, Uri link)
    {
        const string Format = "2025-07-05";
        Dictionary<string, string> values = link.Query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        UserDelegationKey key = await blobs.GetUserDelegationKeyAsync(Time("skt"), Time("ske"), TestContext.Current.CancellationToken);
        values["sv"] = Format;
        string[] signed =
        [
            values["sp"], "", values["se"], $"/blob{link.AbsolutePath}", values["skoid"], values["sktid"], values["skt"], values["ske"], values["sks"], values["skv"],
            "", "", "", "", "", "", values["spr"], Format, values["sr"], "", "", "", "", "", "", values["rsct"],
        ];
        values["sig"] = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key.Value), Encoding.UTF8.GetBytes(string.Join('\n', signed))));
        return new UriBuilder(link) { Query = string.Join('&', values.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}")) }.Uri;

        DateTimeOffset Time(string name) => DateTimeOffset.Parse(values[name], System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<(string Conference, string Id)> ArchivedAsync()
    {
        string id = scene.Add(Audio);
        Recording recording = await scene.ArchiveAsync(id);
        Assert.Equal(RecordingStatus.Archived, recording.Status);
        return (recording.Blob!.Split('/')[0], id);
    }

    private async Task<HttpResponseMessage> GetAsync(string conference, string id, string accept = "*/*")
    {
        using var client = new HttpClient(NoRedirects, disposeHandler: false) { BaseAddress = scene.Host.Client.BaseAddress };
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        return await client.GetAsync(new Uri($"conferences/{conference}/recordings/{id}/audio", UriKind.Relative), TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> RangeAsync(Uri url, HttpMethod method, HttpClient? client = null)
    {
        using var own = new HttpClient();
        using var request = new HttpRequestMessage(method, url);
        request.Headers.Range = new RangeHeaderValue(1000, 2000);
        return await (client ?? own).SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A token with the right claims and no signature, which Azurite takes.</summary>
    private sealed class UnsignedToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            var claims = new JsonObject
            {
                ["aud"] = "https://storage.azure.com",
                ["iss"] = "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
                ["oid"] = "66666666-7777-8888-9999-000000000000",
                ["tid"] = "11111111-2222-3333-4444-555555555555",
                ["sub"] = "66666666-7777-8888-9999-000000000000",
                ["iat"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
                ["nbf"] = now.AddMinutes(-5).ToUnixTimeSeconds(),
                ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
                ["ver"] = "1.0",
            };
            return new AccessToken($"{Part(new JsonObject { ["typ"] = "JWT", ["alg"] = "none" })}.{Part(claims)}.none", now.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));

        private static string Part(JsonObject content) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content.ToJsonString()));
    }
}

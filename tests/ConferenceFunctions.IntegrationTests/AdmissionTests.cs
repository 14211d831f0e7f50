using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

public class AdmissionTests(AzuriteFixture azurite)
{
    private const string Key = "PSKtest1234567890abcdef";
    private const string OldKey = "PSKold1234567890abcdef";
    private static readonly string[] Families = ["swml/room", "swml/room/wait", "callbacks/conference/room", "callbacks/recording/room"];

    [Theory]
    [InlineData(AuthMode.WhenPresent, false, null, HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.WhenPresent, true, null, HttpStatusCode.OK)]
    [InlineData(AuthMode.WhenPresent, false, Key, HttpStatusCode.OK)]
    [InlineData(AuthMode.WhenPresent, false, OldKey, HttpStatusCode.OK)]
    [InlineData(AuthMode.WhenPresent, false, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.WhenPresent, true, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.Required, false, null, HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.Required, true, null, HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.Required, false, Key, HttpStatusCode.OK)]
    [InlineData(AuthMode.Required, true, "wrong", HttpStatusCode.Unauthorized)]
    [InlineData(AuthMode.Off, false, null, HttpStatusCode.OK)]
    [InlineData(AuthMode.Off, false, "wrong", HttpStatusCode.OK)]
    public async Task What_a_request_must_carry_is_as_the_mode_of_its_family_says(AuthMode mode, bool token, string? key, HttpStatusCode expected)
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await StartAsync(storage, mode);

        foreach (string family in Families)
        {
            using HttpResponseMessage response = await PostAsync(host, token ? WithToken(host, family) : $"{host.BaseUrl}/api/{family}", key);
            bool isCallback = family.StartsWith("callbacks", StringComparison.Ordinal);
            Assert.Equal((family, isCallback && expected == HttpStatusCode.OK ? HttpStatusCode.NoContent : expected), (family, response.StatusCode));
        }

        List<QueueMessage> messages = await QueueContent.TakeAllAsync(storage);
        Assert.Equal(expected == HttpStatusCode.OK ? 2 : 0, QueueContent.Callbacks(messages).Count);
    }

    [Theory]
    [InlineData(AuthMode.Required, AuthMode.WhenPresent)]
    [InlineData(AuthMode.WhenPresent, AuthMode.Required)]
    public async Task Each_family_has_a_mode_of_its_own(AuthMode swml, AuthMode callbacks)
    {
        await using TestHost host = await StartAsync(azurite.NewAccount(), swml, callbacks);

        foreach (string family in Families)
        {
            using HttpResponseMessage response = await PostAsync(host, WithToken(host, family), null);
            AuthMode mode = family.StartsWith("swml", StringComparison.Ordinal) ? swml : callbacks;
            Assert.Equal((family, mode == AuthMode.WhenPresent), (family, response.IsSuccessStatusCode));
        }
    }

    [Fact]
    public async Task What_is_refused_is_told_in_the_log_and_counted_by_reason()
    {
        using var log = new LogCapture();
        await using TestHost host = await TestHost.StartAsync(
            azurite, new(TestHost.NotApplied) { ["Auth:SigningKeys"] = Key }, logging: logging => logging.AddProvider(log));
        using var rejected = new MetricCollector<long>(
            host.Services.GetRequiredService<IMeterFactory>(), ConferenceTelemetry.Name, "conference.callbacks.rejected");

        foreach (string url in new[] { $"{host.BaseUrl}/api/callbacks/conference/room", $"{host.BaseUrl}/api/swml/room?t=wrong" })
        {
            using HttpResponseMessage refused = await PostAsync(host, url, null);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using HttpResponseMessage wrong = await PostAsync(host, host.Urls.ConferenceCallback("room"), "another key");
        using HttpResponseMessage large = await host.PostEventAsync(new string(' ', CallbackParser.MaxBytes + 1));

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.RequestEntityTooLarge), (wrong.StatusCode, large.StatusCode));
        Assert.Equal(
            ["CredentialsMissing", "TokenWrong", "SignatureWrong"],
            log.Lines.Where(line => line.StartsWith("Warning A request was refused (", StringComparison.Ordinal)).Select(line => line.Split('(', ')')[1]));
        Assert.Equal(["unauthorized", "unauthorized", "too-large"], rejected.GetMeasurementSnapshot().Select(one => one.Tags["reason"]));
    }

    [Fact]
    public async Task A_token_opens_only_what_it_was_made_for()
    {
        await using TestHost host = await StartAsync(azurite.NewAccount(), AuthMode.WhenPresent);

        foreach (string minted in Families)
        {
            string token = new Uri(WithToken(host, minted)).Query;
            foreach (string family in Families.Append("callbacks/conference/other"))
            {
                using HttpResponseMessage response = await PostAsync(host, $"{host.BaseUrl}/api/{family}{token}", null);
                Assert.Equal((minted, family, minted == family), (minted, family, response.IsSuccessStatusCode));
            }
        }
    }

    [Fact]
    public async Task After_a_rotation_urls_with_the_old_secret_work_and_new_ones_are_made_with_the_new_one()
    {
        string oldSecret = new('o', 32);
        string newSecret = new('n', 32);
        string storage = azurite.NewAccount();
        string pasted;
        await using (TestHost before = await TestHost.StartAsync(azurite, new() { ["Auth:CallbackSecret"] = oldSecret }, storage))
        {
            pasted = new Uri(before.Urls.Swml("room")).PathAndQuery;
        }

        await using TestHost after = await TestHost.StartAsync(
            azurite, new() { ["Auth:CallbackSecret"] = newSecret, ["Auth:PreviousCallbackSecret"] = oldSecret }, storage);
        await using TestHost later = await TestHost.StartAsync(azurite, new() { ["Auth:CallbackSecret"] = newSecret }, storage);

        Assert.NotEqual(pasted, new Uri(after.Urls.Swml("room")).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(after, after.BaseUrl + pasted, null)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(later, later.BaseUrl + pasted, null)).StatusCode);
    }

    [Fact]
    public async Task The_signed_url_is_the_configured_one_whatever_the_host_headers_say()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new()
        {
            ["PublicBaseUrl"] = "https://rooms.example.com",
            ["Auth:CallbackSecret"] = new string('s', 32),
            ["Auth:SigningKeys"] = Key,
        });
        const string Body = "{}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.BaseUrl}/api/swml/room?role=moderator") { Content = new StringContent(Body) };
        request.Headers.Host = "attacker.example.net";
        request.Headers.Add("X-Forwarded-Host", "attacker.example.net");
        request.Headers.Add("X-Signalwire-Signature", Sign("https://rooms.example.com/api/swml/room?role=moderator", Body, Key));

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        string swml = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("https://rooms.example.com/api/callbacks/conference/room?t=", swml, StringComparison.Ordinal);
        Assert.DoesNotContain("attacker", swml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000, false, Key, HttpStatusCode.OK)]
    [InlineData(100_000, false, "PSKwrong1234567890", HttpStatusCode.Unauthorized)]
    [InlineData(300_000, false, Key, HttpStatusCode.Unauthorized)]
    [InlineData(300_000, true, Key, HttpStatusCode.OK)]
    public async Task A_fetch_with_a_large_body_is_answered_if_its_signature_holds_or_as_to_one_too_large_to_tell_its_token(int bytes, bool token, string key, HttpStatusCode status)
    {
        await using TestHost host = await StartAsync(azurite.NewAccount(), AuthMode.WhenPresent);
        string url = token ? host.Urls.Swml("room") : $"{host.BaseUrl}/api/swml/room";
        string body = """{"call":{"call_id":"call-1"},"vars":{"a":"X"}}""".Replace("X", new string('x', bytes), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body) };
        request.Headers.Add("X-Signalwire-Signature", Sign(url, body, key));

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, response.StatusCode);
    }

    private Task<TestHost> StartAsync(string storage, AuthMode mode) => StartAsync(storage, mode, mode);

    private Task<TestHost> StartAsync(string storage, AuthMode swml, AuthMode callbacks) => TestHost.StartAsync(
        azurite,
        new(TestHost.NotApplied)
        {
            ["Auth:Swml"] = $"{swml}",
            ["Auth:Callbacks"] = $"{callbacks}",
            ["Auth:SigningKeys"] = $"{Key}, {OldKey}",
            ["Swml:HoldMusic"] = "silence:2",
        },
        storage);

    private static string WithToken(TestHost host, string family) => family switch
    {
        "swml/room" => host.Urls.Swml("room"),
        "swml/room/wait" => host.Urls.Wait("room"),
        "callbacks/conference/room" => host.Urls.ConferenceCallback("room"),
        _ => host.Urls.RecordingCallback("room"),
    };

    private static async Task<HttpResponseMessage> PostAsync(TestHost host, string url, string? key)
    {
        string body = Callback.Json("c1", "participant-join", 1, "a");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body) };
        if (key is not null)
        {
            request.Headers.Add("X-Signalwire-Signature", Sign(url, body, key));
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Sign(string url, string body, string key) =>
        Convert.ToHexStringLower(HMACSHA1.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(url + body)));
}

using System.Net;
using System.Net.Sockets;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.LocalHost;

namespace ConferenceFunctions.IntegrationTests;

public class LocalHostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_says_where_it_listens_and_what_to_try_and_ends_at_ctrl_c()
    {
        await using LocalHostProcess host = LocalHostProcess.Start(["--urls", "http://127.0.0.1:0", "--storage", azurite.NewAccount()]);
        string baseUrl = await host.ReadyAsync();
        string toTry = await TestHost.EventuallyAsync(
            () => Task.FromResult(host.Output.Split('\n').FirstOrDefault(line => line.StartsWith("SWML to try: ", StringComparison.Ordinal), "")), line => line.Length > 0);
        using var client = new HttpClient();
        string swml = await client.GetStringAsync(new Uri(toTry["SWML to try: ".Length..].Trim()), TestContext.Current.CancellationToken);

        await host.SignalAsync("INT");

        Assert.Equal(0, await host.ExitAsync());
        Assert.StartsWith("http://127.0.0.1:", baseUrl, StringComparison.Ordinal);
        Assert.Contains("join_conference", swml, StringComparison.Ordinal);
        Assert.Equal(2, host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task The_demo_plays_a_recorded_conference_and_loses_nothing()
    {
        await using LocalHostProcess demo = LocalHostProcess.Start(["--demo", "--storage", azurite.NewAccount()]);

        Assert.Equal(0, await demo.ExitAsync(TimeSpan.FromMinutes(2)));
        Assert.Matches(@"\d\d callbacks acknowledged, \d\d applied, 0 lost, 0 doubled; 1 recording archived, SHA-256 equal", demo.Output);
        Assert.DoesNotContain("warn:", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_ends_at_ctrl_c_and_does_not_say_that_nothing_was_lost()
    {
        await using LocalHostProcess demo = LocalHostProcess.Start(["--demo", "--storage", azurite.NewAccount()]);
        await demo.ReadyAsync();

        await demo.SignalAsync("INT");

        Assert.Equal(130, await demo.ExitAsync());
        Assert.DoesNotContain("0 lost", demo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", demo.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        await using LocalHostProcess host = LocalHostProcess.Start(["--urls", $"http://{taken.LocalEndpoint}", "--storage", azurite.NewAccount()]);

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("End the other program, or give --urls", Assert.Single(host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_not_listen_beyond_loopback_without_an_api_key()
    {
        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApp.StartAsync(
            new LocalHostOptions { Urls = "http://0.0.0.0:0", Storage = azurite.NewAccount() }, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("LocalHost__ApiKey", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage", "nonsense", "connection string")]
    [InlineData("Auth:CallbackSecret", "short", "at least 32")]
    [InlineData("PublicBaseUrl", "https://rooms.example.com", "local.settings.sample.json")]
    [InlineData("Callbacks:PutsInFlight", "0", "PutsInFlight")]
    [InlineData("Swml:HoldMusic", "https://example.com/music.mp3 music.mp3", "has 'music.mp3'")]
    [InlineData("Callbacks:PutTimeout", "abc", "Callbacks:PutTimeout")]
    [InlineData("Auth:Swml", "abc", "Auth:Swml")]
    [InlineData("LocalHost:Lease", "abc", "LocalHost:Lease")]
    [InlineData("AzureFunctionsJobHost:extensions:queues:batchSize", "abc", "BatchSize")]
    [InlineData("AzureFunctionsJobHost:extensions:queues:batchSize", "0", "1 to 32")]
    public async Task Settings_that_can_not_work_stop_the_start_with_a_message(string setting, string value, string message)
    {
        var options = new LocalHostOptions
        {
            Urls = "http://127.0.0.1:0",
            Settings = new Dictionary<string, string?> { ["Storage"] = azurite.NewAccount(), [setting] = value },
        };

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApp.StartAsync(options, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("7071")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0/rooms")]
    [InlineData("http://user@127.0.0.1:0")]
    public async Task What_it_can_not_listen_on_is_told_with_an_example(string urls)
    {
        var options = new LocalHostOptions { Urls = urls, Storage = azurite.NewAccount() };

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApp.StartAsync(options, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("Give one such as http://127.0.0.1:7071", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_not_this_machines_is_told_in_one_line()
    {
        var options = new LocalHostOptions
        {
            Urls = "http://192.0.2.1:7071",
            Storage = azurite.NewAccount(),
            Settings = new Dictionary<string, string?> { ["LocalHost:ApiKey"] = "key", ["Auth:CallbackSecret"] = new('s', 32) },
        };

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApp.StartAsync(options, _ => { }, TestContext.Current.CancellationToken));

        Assert.StartsWith("Can't listen on http://192.0.2.1:7071", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_that_refuses_is_told_in_one_line()
    {
        string otherKey = azurite.NewAccount().Replace("AccountKey=A", "AccountKey=B", StringComparison.Ordinal);
        await using LocalHostProcess host = LocalHostProcess.Start(["--urls", "http://127.0.0.1:0", "--storage", otherKey]);

        Assert.Equal(1, await host.ExitAsync());
        Assert.Contains("can't be used: it refuses (A", Assert.Single(host.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storage_where_nothing_answers_is_told_in_one_line()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var nowhere = new Uri($"http://{closed.LocalEndpoint}");
        closed.Stop();
        var options = new LocalHostOptions { Urls = "http://127.0.0.1:0", Storage = azurite.ConnectionString(nowhere, nowhere, nowhere) };

        LocalHostException exception = await Assert.ThrowsAsync<LocalHostException>(() => LocalHostApp.StartAsync(options, _ => { }, TestContext.Current.CancellationToken));

        Assert.Contains("nothing answers there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_node_it_says_what_to_install()
    {
        using (var client = new TcpClient())
        {
            Assert.SkipWhen(await AnswersAsync(client), "Something answers on port 10000, so LocalHost would not start Azurite.");
        }

        string empty = Directory.CreateTempSubdirectory().FullName;
        try
        {
            await using LocalHostProcess host = LocalHostProcess.Start(
                ["--urls", "http://127.0.0.1:0", "--storage", "UseDevelopmentStorage=true"], new Dictionary<string, string?> { ["PATH"] = empty });

            Assert.Equal(1, await host.ExitAsync());
            Assert.Contains("Install Node.js 20 or later, or give --storage", host.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    [Fact]
    public async Task With_an_api_key_functions_that_ask_for_one_ask_for_it_and_the_others_do_not()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new Dictionary<string, string?> { ["LocalHost:ApiKey"] = "key" });

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "documents/room"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "documents/room?code=wrong"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "documents/room?code=key"));
        host.Client.DefaultRequestHeaders.Add("x-functions-key", "key");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "documents/room"));
        host.Client.DefaultRequestHeaders.Remove("x-functions-key");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, host.Urls.Swml("room")));
    }

    private static async Task<bool> AnswersAsync(TcpClient client)
    {
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, 10000, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(TestHost host, string url)
    {
        using HttpResponseMessage response = await host.Client.GetAsync(new Uri(url, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}

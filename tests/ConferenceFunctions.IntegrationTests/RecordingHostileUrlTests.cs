using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>The fetcher must never be turned against the network that it runs in, by a URL or by a redirect.</summary>
public sealed class RecordingHostileUrlTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Space = "space.signalwire.com";

    private static readonly IPAddress SpaceAddress = IPAddress.Parse("93.184.216.34");

    /// <summary>What a name may resolve to that must not be connected to; several where one of them is public.</summary>
    private static readonly string[] HostileAddresses =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8", "168.63.129.16",
        "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.170", "192.0.2.1", "192.88.99.1", "192.168.0.1",
        "192.168.255.255", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:93.184.216.34", "::ffff:1.1.1.1", "::ffff:10.0.0.32", "::ffff:32.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::5db8:d822", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2002:5db8:d822::1", "3fff::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1",
        "ff02::1", "93.184.216.34 127.0.0.1", "2606:2800:220:1::1 ::1",
    ];

    private static readonly string[] HostileUrls =
    [
        "http://space.signalwire.com/r.wav", "ftp://space.signalwire.com/r.wav", "file:///etc/passwd", "file://space.signalwire.com/etc/passwd",
        "gopher://space.signalwire.com/", "data:audio/wav;base64,UklGRg==", "javascript:alert(1)", "ws://space.signalwire.com/",
        "https://space.signalwire.com:8443/r.wav", "https://space.signalwire.com:22/r.wav", "https://user:password@space.signalwire.com/r.wav",
        "https://user@space.signalwire.com/r.wav", "https://example.com/r.wav", "https://signalwire.com/r.wav", "https://signalwire.com.example.com/r.wav",
        "https://evilsignalwire.com/r.wav", "https://space.signalwire.com.example.com/r.wav", "https://space.signalwire.com@example.com/r.wav",
        "https://example.com/space.signalwire.com", "https://example.com#.signalwire.com", "https://example.com?.signalwire.com",
        "https://example.com\\.signalwire.com/", "https://.signalwire.com/r.wav", "https://space.signalwire.com./r.wav", "https://localhost/r.wav",
        "https://localhost.:443/r.wav", "https://127.0.0.1/r.wav", "https://127.1/r.wav", "https://2130706433/r.wav", "https://0x7f000001/r.wav",
        "https://0177.0.0.1/r.wav", "https://[::1]/r.wav", "https://[::ffff:127.0.0.1]/r.wav", "https://[fe80::1%25eth0]/r.wav", "https://10.0.0.1/r.wav",
        "https://169.254.169.254/metadata/identity/oauth2/token", "http://169.254.169.254/metadata/instance", "http://168.63.129.16/machine", "https://168.63.129.16/",
        "https://１２７.0.0.1/r.wav", "https://①②⑦.0.0.1/r.wav", "https://space.signalwire.com。example.com/r.wav", "https://space.signalwire.com%2eexample.com/r.wav",
        "https://metadata.google.internal/", "https://93.184.216.34/r.wav", "//127.0.0.1/r.wav", "r.wav", "", "https://", "https:///r.wav", "https://[",
        "https://xn--ß.signalwire.com/r.wav", "https://-a.signalwire.com/r.wav", "https://a..signalwire.com/r.wav",
        $"https://{new string('a', 64)}.signalwire.com/r.wav", "https://0.0.0.0/r.wav", "https://0/r.wav", "https://017700000001/r.wav", "https://0xA9FEA9FE/r.wav",
        "https://2852039166/latest/meta-data", "https://169.254.43518/", "https://[::ffff:a9fe:a9fe]/", "https://[::]/r.wav", "https://[64:ff9b::7f00:1]/r.wav",
        "https://[fd00:ec2::254]/latest", "https://[::1%251]/r.wav", "https://127.0.0.1./r.wav", "https://localhost%00.signalwire.com/r.wav",
        "https://space.signalwire.com:443@10.0.0.1/r.wav", "https://10.0.0.1\\@space.signalwire.com/r.wav", "https://space．signalwire．com．example．com/r.wav",
        "https://:@space.signalwire.com/r.wav", "https://space.signalwire.com:0/r.wav", "https://space.signalwire.com:65535/r.wav", "https://:443/r.wav", "https://?/r.wav",
        "http://space.signalwire.com:443/r.wav", "HTTP://SPACE.SIGNALWIRE.COM/r.wav", $"https://example.com/{new string('a', 30_000)}", "ldap://space.signalwire.com/r.wav",
    ];

    /// <summary>The table: URLs, and hosts that lead to addresses.</summary>
    private static readonly string[] Hostile =
        [.. HostileUrls, .. HostileAddresses.Select((_, i) => $"https://leads-astray-{i}.signalwire.com/r.wav")];

    private static readonly string[] OwnNames =
        ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]", "[::1]", "localhost.localdomain"];

    private readonly ConcurrentQueue<IPEndPoint> _connections = [];
    private X509Certificate2 _certificate = null!;
    private WebApplication _space = null!;
    private RequestDelegate _answer = RedirectTo("/");
    private int _port;
    private int _requests;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _certificate = SelfSigned.Create();
        _space = await StartAsync(context =>
        {
            Interlocked.Increment(ref _requests);
            return _answer(context);
        });
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _space.DisposeAsync();
        _certificate.Dispose();
    }

    [Fact]
    public async Task No_connection_is_made_to_a_hostile_url()
    {
        using RecordingClient client = Client();
        foreach (string url in Hostile)
        {
            // What is no URL at all is sorted out before.
            using RecordingAnswer? answer = Uri.TryCreate(url, UriKind.Absolute, out Uri? source)
                ? await client.GetAsync(source, 0, null, TestContext.Current.CancellationToken)
                : null;

            Assert.True(_connections.IsEmpty, url);
            Assert.True(answer is null or { Succeeded: false, Fault.IsFinal: true }, url);
        }
    }

    [Fact]
    public async Task No_connection_is_made_to_a_hostile_redirect_target()
    {
        using RecordingClient client = Client();
        // What is relative to the space leads nowhere else.
        foreach (string url in Hostile.Where(url => !Uri.TryCreate(new Uri($"https://{Space}"), url, out Uri? target) || target is not { Host: Space, Scheme: "https", IsDefaultPort: true, UserInfo: "" }))
        {
            (int before, int connections) = (_requests, _connections.Count);
            _answer = RedirectTo(string.Concat(url.Select(c => char.IsAscii(c) ? c.ToString() : Uri.EscapeDataString(c.ToString()))));

            using RecordingAnswer answer = await client.GetAsync(new Uri($"https://{Space}/r.wav"), 0, null, TestContext.Current.CancellationToken);

            Assert.False(answer.Succeeded, url);
            // Every name that can be asked leads to the same server here: had the redirect been followed, it would know.
            Assert.True(_requests == before + 1, url);
            Assert.True(_connections.Count <= Math.Max(connections, 1), url);
        }
    }

    [Fact]
    public async Task Whatever_a_redirect_is_made_of_it_is_answered_and_leads_nowhere_else()
    {
        string[] pieces = ["https://", "http://", "//", "/", "\\", "@", ":", "xn--%C3%9F", "xn--", "%", "%00", "[", "::1", "]", "10.0.0.1", "example.com", ".signalwire.com", "?", "#", " ", "..", "%C3%A9"];
        var random = new Random(Seeded.Seed);
        using RecordingClient client = Client();
        for (int i = 0; i < Seeded.Iterations(300, 10_000); i++)
        {
            string location = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => pieces[random.Next(pieces.Length)]));
            _answer = context =>
            {
                Assert.EndsWith(".signalwire.com", context.Request.Host.Host, StringComparison.Ordinal);
                return RedirectTo(location)(context);
            };

            string? reason;
            try
            {
                using RecordingAnswer answer = await client.GetAsync(new Uri($"https://{Space}/r.wav"), 0, null, TestContext.Current.CancellationToken);
                reason = answer.Fault?.Reason;
            }
            catch (HttpRequestException)
            {
                // An odd name that is allowed, and that the server here does not take for one.
                reason = "The connection broke.";
            }

            Assert.False(string.IsNullOrEmpty(reason), location);
            Assert.True(_connections.All(connection => connection.Address.Equals(SpaceAddress)), location);
            Assert.DoesNotContain("answered 500", reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_a_redirect_leads_is_resolved_and_checked_anew()
    {
        int resolved = 0;
        using RecordingClient client = Client(_ => ++resolved == 1 ? SpaceAddress : IPAddress.Loopback);
        _answer = RedirectTo("https://other.signalwire.com/r.wav");

        using RecordingAnswer answer = await client.GetAsync(new Uri($"https://{Space}/r.wav"), 0, null, TestContext.Current.CancellationToken);

        Assert.Equal(2, resolved);
        Assert.Equal("other.signalwire.com leads to an address that is not public.", answer.Fault?.Reason);
        Assert.Equal([SpaceAddress], _connections.Select(connection => connection.Address));
    }

    [Fact]
    public async Task Credentials_are_not_carried_to_where_a_redirect_leads()
    {
        var seen = new ConcurrentQueue<(string Host, bool Authorized)>();
        _answer = context =>
        {
            bool authorized = context.Request.Headers.Authorization.Count > 0;
            seen.Enqueue((context.Request.Host.Host, authorized));
            context.Response.StatusCode = context.Request.Host.Host == Space && authorized ? StatusCodes.Status302Found : StatusCodes.Status401Unauthorized;
            context.Response.Headers.Location = "https://other.signalwire.com/r.wav";
            return Task.CompletedTask;
        };
        using RecordingClient client = Client();

        using RecordingAnswer answer = await client.GetAsync(new Uri($"https://{Space}/r.wav"), 0, null, TestContext.Current.CancellationToken);

        Assert.Equal([(Space, false), (Space, true), ("other.signalwire.com", false)], seen);
        Assert.Contains("They are sent to the space", answer.Fault!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_app_connects_to_none_of_its_own_network()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        string[] urls =
        [
            .. OwnNames.SelectMany(host => new[] { $"http://{host}:{port}/r.wav", $"https://{host}:{port}/r.wav" }),
            "file:///etc/passwd", "not a URL", "https://xn--ß.signalwire.com/r.wav", $"https://{new string('a', 64)}.signalwire.com/r.wav",
        ];
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["Recordings:AllowLoopback"] = "false" });

        await Task.WhenAll(urls.Select(async (url, i) =>
        {
            var more = new System.Text.Json.Nodes.JsonObject { ["recording_url"] = url };
            using HttpResponseMessage response = await host.PostEventAsync(Callback.Json("hostile", "record-stop", i, more: more));
        }));
        IReadOnlyList<Recording> recordings = await TestHost.EventuallyAsync(
            async () => (await host.GetAsync("conferences/hostile/recordings", Core.ApiJson.Default.PageRecording))?.Items ?? [],
            recordings => recordings.Count(recording => recording.Status == RecordingStatus.Failed) == urls.Length);

        Assert.Equal(urls.Length, recordings.Count);
        Assert.All(recordings, recording => Assert.Equal((RecordingStatus.Failed, 1), (recording.Status, recording.Attempts)));
        Assert.False(listener.Pending());
    }

    /// <summary>A client of which every connection is noted, and led to the space's server where its address is asked for.</summary>
    private RecordingClient Client(Func<string, IPAddress>? resolve = null)
    {
        var connector = new RecordingConnector(
            allowLoopback: false,
            (host, _) => Task.FromResult(resolve is null ? Resolve(host) : [resolve(host)]),
            async (endPoint, cancellationToken) =>
            {
                _connections.Enqueue(endPoint);
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, _port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            });
        SocketsHttpHandler handler = connector.CreateHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => _certificate.Equals(certificate);
        var signalWire = new SignalWireOptions { SpaceUrl = new Uri($"https://{Space}"), ProjectId = "project", ApiToken = "token" };
        return new RecordingClient(Options.Create(new RecordingOptions()), Options.Create(signalWire), TimeProvider.System, handler);
    }

    private static IPAddress[] Resolve(string host) => host.StartsWith("leads-astray-", StringComparison.Ordinal)
        ? [.. HostileAddresses[int.Parse(host.Split('-', '.')[2], System.Globalization.CultureInfo.InvariantCulture)].Split(' ').Select(IPAddress.Parse)]
        : [SpaceAddress];

    private static RequestDelegate RedirectTo(string location) => context =>
    {
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        WebApplication app = builder.Build();
        app.Run(answer);
        await app.StartAsync(TestContext.Current.CancellationToken);
        _port = new Uri(app.Urls.First()).Port;
        return app;
    }
}

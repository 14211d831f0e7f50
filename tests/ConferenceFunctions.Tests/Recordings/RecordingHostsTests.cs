using System.Net;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Recordings;

public class RecordingHostsTests
{
    private static readonly string[] Pieces =
    [
        "http", "https", ":", "/", "//", "\\", "@", "user", "user:password@", ".", "..", "。", "．", "#", "?", "%00", "%2e", "%25eth0", "[", "]", "[::1]", "[::ffff:10.0.0.1]",
        "127.0.0.1", "0x7f000001", "0177.0.0.1", "2130706433", "0.0.0.0", "169.254.169.254", "localhost", "signalwire.com", ".signalwire.com", "space.signalwire.com",
        "xn--", "xn--ß", "ß", "İ", "\u200d", "\u00ad", "\uFFFF", "①", "-", "_", "*", " ", "\t", "443", ":443", ":8443", "r.wav", "\ud800",
    ];

    [Theory]
    [InlineData("files.example.com", "https://files.example.com/r.wav")]
    [InlineData("FILES.Example.Com", "https://files.example.com/r.wav")]
    [InlineData("files.example.com.", "https://FILES.EXAMPLE.COM/r.wav")]
    [InlineData("*.Example.com", "https://a.b.example.com/r.wav")]
    [InlineData("bücher.example", "https://xn--bcher-kva.example/r.wav")]
    [InlineData("xn--bcher-kva.example", "https://BÜCHER.example/r.wav")]
    [InlineData("*.bücher.example", "https://files.xn--bcher-kva.example/r.wav")]
    [InlineData("other.example  files.example.com", "https://files.example.com:443/r.wav")]
    public void A_host_is_allowed_however_it_is_written(string allowed, string url) => Assert.Null(Hosts(allowed).Refuses(new Uri(url)));

    [Theory]
    [InlineData("xn--ß")]
    [InlineData("a..b")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.b")]
    [InlineData("files.example.com/recordings")]
    [InlineData("user@files.example.com")]
    [InlineData("[::1]")]
    [InlineData("127.0.0.1")]
    public void What_is_no_host_is_none(string pattern) => Assert.Null(RecordingHosts.Normalize(pattern));

    [Fact]
    public void Whatever_a_url_is_made_of_only_the_allowed_hosts_are_asked()
    {
        RecordingHosts hosts = Hosts("*.signalwire.com");
        int accepted = 0;
        Seeded.Run(Seeded.Iterations(20_000, 1_000_000), random =>
        {
            string text = (random.Next(4) > 0 ? "https://" : "") + string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? url) && hosts.Refuses(url) is null)
            {
                accepted++;
                Assert.True(url is { Scheme: "https", Port: 443, UserInfo: "" } && url.IdnHost.EndsWith(".signalwire.com", StringComparison.Ordinal), text);
                Assert.False(IPAddress.TryParse(url.IdnHost, out _), text);
            }
        });

        Assert.InRange(accepted, 1, int.MaxValue);
    }

    private static RecordingHosts Hosts(string allowed) => new(new RecordingOptions { AllowedHosts = allowed }, new SignalWireOptions());
}

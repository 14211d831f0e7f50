using ConferenceFunctions.Simulator;

namespace ConferenceFunctions.Tests.Simulator;

public class SimulationOptionsTests
{
    private static readonly SimulationOptions Usable = new() { Urls = ["https://example.com/api/swml/team?t=abc"] };

    [Fact]
    public void The_defaults_can_be_used() => Assert.Null(Usable.Fault());

    public static TheoryData<string, SimulationOptions> Unusable { get; } = new()
    {
        { "--url", Usable with { Urls = [] } },
        { "--url", Usable with { Urls = ["team"] } },
        { "--url", Usable with { Urls = ["ftp://example.com/api/swml/team"] } },
        { "--url", Usable with { Urls = ["https://example.com/swml/team"] } },
        { "one backend", Usable with { Urls = [.. Usable.Urls, "https://example.org/api/swml/team"] } },
        { "--participants", Usable with { Participants = 0 } },
        { "--seconds", Usable with { Seconds = 0 } },
        { "--speed", Usable with { Speed = 0.5 } },
        { "--speed", Usable with { Speed = double.NaN } },
        { "--drop", Usable with { Drop = 1 } },
        { "--recording-port", Usable with { RecordingPort = 70_000 } },
        { "--recording-fault", Usable with { RecordingFaults = ["cut:100", "wrong"] } },
        { "--recording-base", Usable with { RecordingBase = "example.com" } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_cannot_be_used_says_what_to_do(string says, SimulationOptions options)
    {
        string? fault = options.Fault();

        Assert.Contains(says, fault, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault!);
    }

    [Theory]
    [InlineData("https://example.com/api/swml/team", "https://example.com")]
    [InlineData("https://Example.com:443/api/swml/team?x=/api/", "https://example.com")]
    [InlineData("http://ann:secret@127.0.0.1:7071/base/api/swml/team", "http://127.0.0.1:7071/base")]
    [InlineData("https://example.com/swml/team", null)]
    public void The_backend_is_everything_before_api(string url, string? backend) => Assert.Equal(backend, BackendUrl.Of(url));

    [Theory]
    [InlineData("https://example.com/api/callbacks", true)]
    [InlineData("https://EXAMPLE.com:443/", true)]
    [InlineData("https://example.com.evil.example/api", false)]
    [InlineData("https://example.com:8443/api", false)]
    [InlineData("http://example.com/api", false)]
    [InlineData("nonsense", false)]
    public void Other_hosts_are_not_the_backend(string url, bool leads) => Assert.Equal(leads, BackendUrl.LeadsTo("https://example.com", url));

    [Theory]
    [InlineData("http://127.0.0.1:7071/base/api/x?y=1", true)]
    [InlineData("http://localhost:7071/base/api/x", true)]
    [InlineData("http://[::1]:7071/base/api/x", true)]
    [InlineData("http://127.0.0.1:7072/base/api/x", false)]
    [InlineData("http://127.0.0.1:7071/based/api/x", false)]
    public void This_machine_is_the_same_by_any_of_its_names(string url, bool leads) =>
        Assert.Equal(leads, BackendUrl.LeadsTo("http://localhost:7071/base", url));
}

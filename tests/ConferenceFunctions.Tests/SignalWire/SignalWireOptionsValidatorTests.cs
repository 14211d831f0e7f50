using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Tests.SignalWire;

public class SignalWireOptionsValidatorTests
{
    [Theory]
    [InlineData("https://example.signalwire.com", "project", "token", null)]
    [InlineData("http://127.0.0.1:5000", "project", "token", null)]
    [InlineData(null, null, null, null)]
    [InlineData(null, "", "", null)]
    [InlineData(null, "project", "token", "'SignalWire__SpaceUrl' is missing")]
    [InlineData("https://example.signalwire.com", null, "token", "'SignalWire__ProjectId' is missing")]
    [InlineData("https://example.signalwire.com", "project", "", "'SignalWire__ApiToken' is missing")]
    [InlineData("http://example.signalwire.com", "project", "token", "not the base URL of a space")]
    [InlineData("https://u:p@example.signalwire.com", "project", "token", "not the base URL of a space")]
    [InlineData("https://example.signalwire.com/api", "project", "token", "not the base URL of a space")]
    [InlineData("https://example.signalwire.com/?a=b", "project", "token", "not the base URL of a space")]
    [InlineData("example.signalwire.com", "project", "token", "not the base URL of a space")]
    public void Access_to_a_space_is_whole_or_refused(string? space, string? project, string? token, string? message)
    {
        var options = new SignalWireOptions { SpaceUrl = space is null ? null : new Uri(space, UriKind.RelativeOrAbsolute), ProjectId = project, ApiToken = token };

        Assert.Equal(message is null, new SignalWireOptionsValidator().Validate(null, options).Succeeded);
        Assert.Contains(message ?? "", new SignalWireOptionsValidator().Validate(null, options).FailureMessage ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Basic_takes_the_project_as_user_and_the_token_as_password()
    {
        var options = new SignalWireOptions { SpaceUrl = new Uri("https://example.signalwire.com"), ProjectId = "project", ApiToken = "token" };

        Assert.Equal("Basic cHJvamVjdDp0b2tlbg==", options.Authorization!.ToString());
        Assert.Null(new SignalWireOptions().Authorization);
    }
}

using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.SignalWire;

public class AuthOptionsValidatorTests
{
    private const string Secret = "a-secret-of-more-than-thirty-two-characters";

    private static ValidateOptionsResult Validate(AuthOptions options, string? publicBaseUrl = "https://rooms.example.com", string? setting = null)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Some:Setting"] = setting }).Build();
        return new AuthOptionsValidator(configuration, Options.Create(new PublicUrlOptions { PublicBaseUrl = publicBaseUrl })).Validate(null, options);
    }

    [Fact]
    public void A_secret_is_enough() => Assert.True(Validate(new AuthOptions { CallbackSecret = Secret }).Succeeded);

    [Fact]
    public void A_signing_key_is_enough() => Assert.True(Validate(new AuthOptions { SigningKeys = "PSK_1" }).Succeeded);

    [Theory]
    [InlineData("https://rooms.example.com/")]
    [InlineData("https://rooms.example.com:443")]
    [InlineData("https://rooms.example.com:8443/")]
    [InlineData("https://Rooms.Example.com/behind/a-gateway")]
    public void A_base_url_may_have_a_port_capitals_a_path_and_a_slash_at_its_end(string url) =>
        Assert.True(Validate(new AuthOptions { CallbackSecret = Secret }, url).Succeeded);

    [Theory]
    [InlineData(null, "app.azurewebsites.net", "https://app.azurewebsites.net")]
    [InlineData(" ", "app.azurewebsites.net", "https://app.azurewebsites.net")]
    [InlineData(" https://rooms.example.com ", "app.azurewebsites.net", "https://rooms.example.com")]
    [InlineData(null, "localhost:7071", "http://localhost:7071")]
    [InlineData(null, "localhost.example.com", "https://localhost.example.com")]
    [InlineData("", "", null)]
    [InlineData(null, null, null)]
    public void The_base_url_is_the_setting_or_else_the_name_that_azure_gave_the_app(string? setting, string? hostName, string? expected)
    {
        var options = new PublicUrlOptions { PublicBaseUrl = setting };

        options.UseHostName(hostName);

        Assert.Equal(expected, options.PublicBaseUrl);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://localhost:7071")]
    [InlineData("http://[::1]:7071")]
    public void On_a_loopback_address_the_sample_secret_and_no_authentication_are_taken(string url) =>
        Assert.True(Validate(new AuthOptions { CallbackSecret = AuthOptions.SampleSecret, Swml = AuthMode.Off, Callbacks = AuthMode.Off }, url).Succeeded);

    public static TheoryData<string, AuthOptions, string?, string?, string> Refused() => new()
    {
        { "no public URL", new AuthOptions { CallbackSecret = Secret }, null, null, "'PublicBaseUrl' is missing" },
        { "public URL without a scheme", new AuthOptions { CallbackSecret = Secret }, "rooms.example.com", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with a user", new AuthOptions { CallbackSecret = Secret }, "https://u:p@rooms.example.com", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with a query", new AuthOptions { CallbackSecret = Secret }, "https://rooms.example.com/?a=b", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with a blank", new AuthOptions { CallbackSecret = Secret }, "https://rooms.example.com/a b", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with backslashes", new AuthOptions { CallbackSecret = Secret }, "https:\\\\rooms.example.com", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with an empty user", new AuthOptions { CallbackSecret = Secret }, "https://@rooms.example.com", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL that goes up", new AuthOptions { CallbackSecret = Secret }, "https://rooms.example.com/../x", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with an umlaut", new AuthOptions { CallbackSecret = Secret }, "https://r\u00E4ume.example", null, "'PublicBaseUrl' is not a base URL" },
        { "public URL with a fragment", new AuthOptions { CallbackSecret = Secret }, "https://rooms.example.com#a", null, "'PublicBaseUrl' is not a base URL" },
        { "secret of blanks", new AuthOptions { CallbackSecret = new string(' ', 40) }, "https://rooms.example.com", null, "'Auth__CallbackSecret' has 0 characters" },
        { "sample secret and a blank", new AuthOptions { CallbackSecret = AuthOptions.SampleSecret + " " }, "https://rooms.example.com", null, "which everybody knows" },
        { "neither key nor secret", new AuthOptions(), "https://rooms.example.com", null, "Set 'Auth__CallbackSecret'" },
        { "short secret", new AuthOptions { CallbackSecret = "short" }, "https://rooms.example.com", null, "'Auth__CallbackSecret' has 5 characters" },
        { "short previous secret", new AuthOptions { CallbackSecret = Secret, PreviousCallbackSecret = "short" }, "https://rooms.example.com", null, "'Auth__PreviousCallbackSecret' has 5 characters" },
        { "sample secret in public", new AuthOptions { CallbackSecret = AuthOptions.SampleSecret }, "https://rooms.example.com", null, "which everybody knows" },
        { "sample secret on a host that looks local", new AuthOptions { CallbackSecret = AuthOptions.SampleSecret }, "https://localhost.example.com", null, "which everybody knows" },
        { "sample secret as the previous one", new AuthOptions { CallbackSecret = Secret, PreviousCallbackSecret = AuthOptions.SampleSecret }, "https://rooms.example.com", null, "which everybody knows" },
        { "documents open in public", new AuthOptions { CallbackSecret = Secret, Swml = AuthMode.Off }, "https://rooms.example.com", null, "'Auth__Swml' is Off" },
        { "callbacks open in public", new AuthOptions { CallbackSecret = Secret, Callbacks = AuthMode.Off }, "https://rooms.example.com", null, "'Auth__Callbacks' is Off" },
        { "signature required without a key", new AuthOptions { CallbackSecret = Secret, Callbacks = AuthMode.Required }, "https://rooms.example.com", null, "has no key" },
        { "Key Vault reference", new AuthOptions { CallbackSecret = Secret }, "https://rooms.example.com", "@Microsoft.KeyVault(SecretUri=https://v/s)", "still a Key Vault reference" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Settings_that_let_in_anybody_or_nobody_are_refused(string what, AuthOptions options, string? url, string? setting, string message)
    {
        Assert.NotEmpty(what);
        ValidateOptionsResult result = Validate(options, url, setting);

        Assert.True(result.Failed);
        Assert.Contains(message, result.FailureMessage, StringComparison.Ordinal);
    }
}

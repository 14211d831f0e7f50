using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Tests.SignalWire;

public class CapabilityTokenTests
{
    private const string Secret = "first-secret-first-secret-first-secret";
    private const string Other = "other-secret-other-secret-other-secret";

    private static CapabilityTokens Tokens(string? secret = Secret, string? previous = null) =>
        new(Options.Create(new AuthOptions { CallbackSecret = secret, PreviousCallbackSecret = previous }));

    [Fact]
    public void A_token_is_valid_for_its_purpose_and_document()
    {
        string token = Tokens().Mint(TokenPurpose.Conference, "room")!;

        Assert.True(Tokens().IsValid(token, TokenPurpose.Conference, "room"));
        Assert.False(Tokens().IsValid(token, TokenPurpose.Recording, "room"));
        Assert.False(Tokens().IsValid(token, TokenPurpose.Conference, "room2"));
    }

    [Fact]
    public void A_token_of_another_secret_is_not_valid() =>
        Assert.False(Tokens().IsValid(Tokens(Other).Mint(TokenPurpose.Swml, "room")!, TokenPurpose.Swml, "room"));

    [Fact]
    public void During_a_rotation_both_secrets_count_and_the_new_one_mints()
    {
        CapabilityTokens rotated = Tokens(Other, Secret);

        Assert.True(rotated.IsValid(Tokens().Mint(TokenPurpose.Wait, "room")!, TokenPurpose.Wait, "room"));
        Assert.Equal(Tokens(Other).Mint(TokenPurpose.Wait, "room"), rotated.Mint(TokenPurpose.Wait, "room"));
    }

    [Fact]
    public void Without_a_secret_no_token_is_made_and_none_is_valid()
    {
        Assert.Null(Tokens(null).Mint(TokenPurpose.Swml, "room"));
        Assert.False(Tokens(null).IsValid(Tokens().Mint(TokenPurpose.Swml, "room")!, TokenPurpose.Swml, "room"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("ääääääääääääääääääääää")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_not_valid(string token) => Assert.False(Tokens().IsValid(token, TokenPurpose.Swml, "room"));

    [Fact]
    public void Tokens_need_no_escaping_in_a_url()
    {
        for (int i = 0; i < 200; i++)
        {
            Assert.Matches("^[A-Za-z0-9_-]{22}$", Tokens().Mint(TokenPurpose.Swml, $"room{i}"));
        }
    }
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>
/// Makes and checks the tokens in minted URLs: HMAC-SHA256 over purpose and document, cut to 128 bits, in base64url. Who has such
/// a URL may do what it is for, and nothing else.
/// </summary>
public sealed class CapabilityTokens
{
    /// <summary>Name of the query parameter.</summary>
    public const string Parameter = "t";

    /// <summary>Characters of a token.</summary>
    public const int Length = 22;

    private const int HashBytes = 16;

    // The one to mint with first, then the one before the last rotation.
    private readonly byte[][] _secrets;

    /// <summary>Takes the secrets from the configuration.</summary>
    public CapabilityTokens(IOptions<AuthOptions> auth)
    {
        ArgumentNullException.ThrowIfNull(auth);
        _secrets = [.. new[] { auth.Value.CallbackSecret, auth.Value.PreviousCallbackSecret }
            .OfType<string>().Where(secret => secret.Length > 0).Select(Encoding.UTF8.GetBytes)];
        CanMint = !string.IsNullOrEmpty(auth.Value.CallbackSecret);
    }

    /// <summary>Whether there is a secret to make tokens with. Without one, only signed requests are let in.</summary>
    public bool CanMint { get; }

    /// <summary>The token for that purpose and document, or null without a secret.</summary>
    public string? Mint(TokenPurpose purpose, string document)
    {
        if (!CanMint)
        {
            return null;
        }

        Span<byte> token = stackalloc byte[Length];
        Compute(_secrets[0], purpose, document, token);
        return Encoding.ASCII.GetString(token);
    }

    /// <summary>Whether the token was made with one of the secrets, for that purpose and document. Takes the same time for every token.</summary>
    public bool IsValid(string token, TokenPurpose purpose, string document)
    {
        ArgumentNullException.ThrowIfNull(token);
        Span<byte> given = stackalloc byte[Length];
        if (token.Length != Length || !Encoding.ASCII.TryGetBytes(token, given, out int length) || length != Length)
        {
            return false;
        }

        bool valid = false;
        Span<byte> expected = stackalloc byte[Length];
        foreach (byte[] secret in _secrets)
        {
            Compute(secret, purpose, document, expected);
            valid |= CryptographicOperations.FixedTimeEquals(given, expected);
        }

        return valid;
    }

    private static void Compute(byte[] secret, TokenPurpose purpose, string document, Span<byte> token)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{purpose}\n{document}"), hash);
        Base64Url.EncodeToUtf8(hash[..HashBytes], token, out _, out _);
    }
}

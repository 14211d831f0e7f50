using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>
/// Checks SignalWire's request signatures against the configured public URL, whatever host the request seems to come to.
/// </summary>
/// <remarks>
/// Two schemes. <c>hex(HMAC(key, URL + raw body))</c>, SHA-1 or SHA-256 by header. And, for form-encoded callbacks,
/// <c>base64(HMAC-SHA1(key, URL + for each name sorted: name + value))</c>; other bodies have their hash in the query
/// (<c>bodySHA256</c>) there and the signature covers the URL alone. Senders disagree on whether a default port is part of the
/// URL, so it is tried with and without, and on whether the host's case counts, so it is tried as configured, too.
/// </remarks>
public sealed class SignatureValidator
{
    private readonly byte[][] _keys;
    private readonly byte[][] _baseUrls;

    /// <summary>Takes keys and base URL from the configuration.</summary>
    public SignatureValidator(IOptions<AuthOptions> auth, PublicUrls urls)
    {
        ArgumentNullException.ThrowIfNull(auth);
        ArgumentNullException.ThrowIfNull(urls);
        _keys = [.. auth.Value.SigningKeyList.Select(Encoding.UTF8.GetBytes)];
        _baseUrls = [.. PortVariants(urls.BaseUrl).Prepend(urls.BaseUrl).Distinct().Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>Checks every signature that the request carries.</summary>
    public SignatureResult Validate(SignalWireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_keys.Length == 0)
        {
            return SignatureResult.NoKey;
        }

        ReadOnlySpan<(string? Value, bool Sha256)> headers =
            [(request.Signature, false), (request.Sha256Signature, true), (request.TwilioSignature, false)];
        SignatureResult result = SignatureResult.Missing;
        foreach ((string? value, bool sha256) in headers)
        {
            if (value is not null)
            {
                result = Validate(request, value, sha256);
                if (result != SignatureResult.Valid)
                {
                    return result;
                }
            }
        }

        return result;
    }

    private SignatureResult Validate(SignalWireRequest request, string signature, bool sha256)
    {
        int hashLength = sha256 ? SHA256.HashSizeInBytes : SHA1.HashSizeInBytes;
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        if (signature.Length == hashLength * 2)
        {
            return Convert.FromHexString(signature, expected, out _, out int written) == OperationStatus.Done && written == hashLength
                && IsSigned(request.PathAndQuery, request.Body.Span, expected[..hashLength], sha256)
                    ? SignatureResult.Valid
                    : SignatureResult.Mismatch;
        }

        if (sha256 || !Convert.TryFromBase64String(signature, expected, out int length) || length != SHA1.HashSizeInBytes)
        {
            return SignatureResult.Mismatch;
        }

        return ValidateForm(request, expected[..length]);
    }

    private SignatureResult ValidateForm(SignalWireRequest request, ReadOnlySpan<byte> expected)
    {
        string? bodyHash = FormFields.Find(FormFields.QueryOf(request.PathAndQuery), "bodySHA256");
        if (bodyHash is not null)
        {
            return !IsSigned(request.PathAndQuery, [], expected, sha256: false) ? SignatureResult.Mismatch
                : IsHashOf(bodyHash, request.Body.Span) ? SignatureResult.Valid
                : SignatureResult.BodyMismatch;
        }

        // Told by content, as callbacks are read: content types lie, or are missing.
        bool isJson = request.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];
        byte[] signed = isJson ? request.Body.ToArray() : FormFields.SortedForSigning(request.Body.Span);
        return IsSigned(request.PathAndQuery, signed, expected, sha256: false) ? SignatureResult.Valid : SignatureResult.Mismatch;
    }

    private static bool IsHashOf(string hexHash, ReadOnlySpan<byte> body)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(hexHash, expected, out _, out int written) == OperationStatus.Done
            && written == expected.Length
            && CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(body));
    }

    private bool IsSigned(string pathAndQuery, ReadOnlySpan<byte> content, ReadOnlySpan<byte> expected, bool sha256)
    {
        byte[] path = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(pathAndQuery.Length));
        int pathLength = Encoding.UTF8.GetBytes(pathAndQuery, path);
        bool signed = false;
        Span<byte> actual = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (byte[] key in _keys)
        {
            using var hmac = IncrementalHash.CreateHMAC(sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1, key);
            foreach (byte[] baseUrl in _baseUrls)
            {
                hmac.AppendData(baseUrl);
                hmac.AppendData(path.AsSpan(0, pathLength));
                hmac.AppendData(content);
                int length = hmac.GetHashAndReset(actual);
                // No early exit: how long it takes must not tell which key fits.
                signed |= CryptographicOperations.FixedTimeEquals(actual[..length], expected);
            }
        }

        ArrayPool<byte>.Shared.Return(path);
        return signed;
    }

    private static string[] PortVariants(string baseUrl)
    {
        var url = new Uri(baseUrl);
        string path = url.AbsolutePath.TrimEnd('/');
        return url.IsDefaultPort
            ? [$"{url.Scheme}://{url.Host}{path}", $"{url.Scheme}://{url.Host}:{url.Port}{path}"]
            : [$"{url.Scheme}://{url.Host}:{url.Port}{path}"];
    }
}

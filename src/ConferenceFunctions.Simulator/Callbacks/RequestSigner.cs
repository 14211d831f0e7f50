using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Simulator.Callbacks;

/// <summary>Signs requests with the project's signing key.</summary>
/// <param name="key">The signing key.</param>
[SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "SignalWire signs with it.")]
internal sealed class RequestSigner(string key)
{
    /// <summary>Header of the signature that every signed request has.</summary>
    public const string Header = "X-Signalwire-Signature";

    /// <summary>Header of the signature with SHA-256.</summary>
    public const string Sha256Header = "X-Signalwire-SHA256-Signature";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The headers that sign a request: two, or for the scheme of forms one.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(CallbackRequest request)
    {
        byte[] url = Encoding.UTF8.GetBytes(request.Url.AbsoluteUri);
        if (request.IsForm)
        {
            byte[] form = [.. url, .. FormFields.SortedForSigning(request.Body)];
            return [new(Header, Convert.ToBase64String(HMACSHA1.HashData(_key, form)))];
        }

        byte[] signed = [.. url, .. request.Body];
        return
        [
            new(Header, Convert.ToHexStringLower(HMACSHA1.HashData(_key, signed))),
            new(Sha256Header, Convert.ToHexStringLower(HMACSHA256.HashData(_key, signed))),
        ];
    }
}

using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Refuses, at start and in words, settings with which anybody could post callbacks, or nobody.</summary>
public sealed class AuthOptionsValidator(IConfiguration configuration, IOptions<PublicUrlOptions> publicUrl) : IValidateOptions<AuthOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AuthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private IEnumerable<string> Faults(AuthOptions options)
    {
        foreach ((string key, string? value) in configuration.AsEnumerable())
        {
            if (value?.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true)
            {
                yield return $"The setting '{key}' is still a Key Vault reference. Check that the secret exists and that the app's " +
                    "identity may read it (role Key Vault Secrets User, keyVaultReferenceIdentity).";
            }
        }

        if (!Uri.TryCreate(publicUrl.Value.PublicBaseUrl, UriKind.Absolute, out Uri? url) || !IsBaseUrl(publicUrl.Value.PublicBaseUrl, url))
        {
            yield return $"The setting 'PublicBaseUrl' is {(publicUrl.Value.PublicBaseUrl is null ? "missing" : "not a base URL")}. Set " +
                "it to the address at which SignalWire reaches this app, such as https://rooms.example.com, in ASCII, without user, query or fragment.";
            yield break;
        }

        bool loopback = PublicUrls.IsLoopback(url);
        bool hasSecret = !string.IsNullOrEmpty(options.CallbackSecret);
        bool hasKey = options.SigningKeyList.Count > 0;
        if (!hasSecret && !hasKey)
        {
            yield return "Set 'Auth__CallbackSecret' (at least 32 characters, random) or 'Auth__SigningKeys' (SignalWire's dashboard, " +
                "under API). With neither, nobody could be told from SignalWire.";
        }

        foreach ((string key, string? secret) in new[]
        {
            ("Auth__CallbackSecret", options.CallbackSecret), ("Auth__PreviousCallbackSecret", options.PreviousCallbackSecret),
        })
        {
            int length = secret?.Trim().Length ?? 0;
            if (!string.IsNullOrEmpty(secret) && length < AuthOptions.MinSecretLength)
            {
                yield return $"The setting '{key}' has {length} characters. It takes at least {AuthOptions.MinSecretLength}, random ones.";
            }

            if (secret?.Trim() == AuthOptions.SampleSecret && !loopback)
            {
                yield return $"The setting '{key}' is the secret of local.settings.sample.json, which everybody knows, and PublicBaseUrl " +
                    $"is {url.Host}. Set one of your own.";
            }
        }

        foreach ((string key, AuthMode mode) in new[] { ("Auth__Swml", options.Swml), ("Auth__Callbacks", options.Callbacks) })
        {
            if (mode == AuthMode.Off && !loopback)
            {
                yield return $"The setting '{key}' is Off, and PublicBaseUrl is {url.Host}. Off is for a loopback address only; " +
                    "use WhenPresent or Required.";
            }

            if (mode == AuthMode.Required && !hasKey)
            {
                yield return $"The setting '{key}' is Required, but 'Auth__SigningKeys' has no key, so nothing could ever be let in.";
            }
        }
    }

    /// <summary>Whether the text says no more and nothing else than the URL that was read from it: it is signed and minted as it stands.</summary>
    private static bool IsBaseUrl(string text, Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && Ascii.IsValid(text)
        && (Is(text, url.GetLeftPart(UriPartial.Path)) || Is(text, $"{url.Scheme}://{url.Host}:{url.Port}{url.AbsolutePath}"))
        && !text.Contains('@');

    private static bool Is(string text, string url) => text.TrimEnd('/').Equals(url.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
}

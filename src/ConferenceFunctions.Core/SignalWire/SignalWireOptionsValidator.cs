using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>
/// Refuses, at start and in words, an access to SignalWire that is only half set, or would send the token in the clear. That no
/// secret is still a Key Vault reference is what <see cref="AuthOptionsValidator"/> sees to, for every setting.
/// </summary>
public sealed class SignalWireOptionsValidator : IValidateOptions<SignalWireOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, SignalWireOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] faults = [.. Faults(options)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(SignalWireOptions options)
    {
        (string Key, bool IsSet)[] settings =
        [
            ("SignalWire__SpaceUrl", options.SpaceUrl is not null),
            ("SignalWire__ProjectId", !string.IsNullOrEmpty(options.ProjectId)),
            ("SignalWire__ApiToken", !string.IsNullOrEmpty(options.ApiToken)),
        ];
        if (settings.Any(setting => setting.IsSet) && !settings.All(setting => setting.IsSet))
        {
            yield return $"The setting '{settings.First(setting => !setting.IsSet).Key}' is missing. Set SignalWire__SpaceUrl, " +
                "SignalWire__ProjectId and SignalWire__ApiToken (SignalWire's dashboard, under API), or none of them.";
        }

        if (options.SpaceUrl is { } url && !IsSpaceUrl(url))
        {
            yield return "The setting 'SignalWire__SpaceUrl' is not the base URL of a space. Set it to one such as " +
                "https://example.signalwire.com: https, without user, path, query or fragment.";
        }
    }

    // The simulator's loopback address may do without https: what goes there stays on this machine.
    private static bool IsSpaceUrl(Uri url) =>
        url.IsAbsoluteUri
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && PublicUrls.IsLoopback(url)))
        && url.UserInfo.Length == 0 && url.PathAndQuery == "/" && url.Fragment.Length == 0;
}

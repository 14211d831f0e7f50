using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>Settings <c>Auth</c>: who may fetch documents and post callbacks.</summary>
public sealed class AuthOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Auth";

    /// <summary>Fewest characters of a secret: below, it could be guessed.</summary>
    public const int MinSecretLength = 32;

    /// <summary>The secret of <c>local.settings.sample.json</c>. Everybody knows it, so it is taken on a loopback address only.</summary>
    public const string SampleSecret = "sample-secret-for-a-laptop-only-0000";

    /// <summary>
    /// The project's signing keys (<c>PSK_…</c>, from SignalWire's dashboard under API), separated by commas: after a rotation the
    /// old one still works for a minute or two. Without one, signature headers are ignored.
    /// </summary>
    public string? SigningKeys { get; set; }

    /// <summary>Secret of the capability tokens in every URL that is minted here; at least 32 characters.</summary>
    public string? CallbackSecret { get; set; }

    /// <summary>The secret before the last rotation: tokens made with it are still accepted, none is made.</summary>
    public string? PreviousCallbackSecret { get; set; }

    /// <summary>What a fetch of a document or of hold music must carry.</summary>
    [EnumDataType(typeof(AuthMode))]
    public AuthMode Swml { get; set; } = AuthMode.WhenPresent;

    /// <summary>What a callback must carry.</summary>
    [EnumDataType(typeof(AuthMode))]
    public AuthMode Callbacks { get; set; } = AuthMode.WhenPresent;

    /// <summary>The single signing keys of <see cref="SigningKeys"/>.</summary>
    public IReadOnlyList<string> SigningKeyList =>
        SigningKeys?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}

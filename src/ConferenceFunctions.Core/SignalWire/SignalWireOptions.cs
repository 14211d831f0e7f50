using System.Net.Http.Headers;
using System.Text;

namespace ConferenceFunctions.Core.SignalWire;

/// <summary>
/// Settings <c>SignalWire</c>: access to the project's own space, for protected recordings and for SignalWire's REST API. All three
/// are set, or none.
/// </summary>
public sealed class SignalWireOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "SignalWire";

    /// <summary>Base URL of the space, without path: <c>https://example.signalwire.com</c>.</summary>
    public Uri? SpaceUrl { get; set; }

    /// <summary>The project's id: SignalWire's dashboard, under API.</summary>
    public string? ProjectId { get; set; }

    /// <summary>An API token of the project, with the scope of conferences and recordings.</summary>
    public string? ApiToken { get; set; }

    /// <summary>Whether there is access at all.</summary>
    public bool IsConfigured => SpaceUrl is not null && !string.IsNullOrEmpty(ProjectId) && !string.IsNullOrEmpty(ApiToken);

    /// <summary>
    /// What the header <c>Authorization</c> takes: Basic, the project's id as user and the token as password; null without access. It
    /// goes to SignalWire's own hosts only.
    /// </summary>
    public AuthenticationHeaderValue? Authorization =>
        IsConfigured ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ProjectId}:{ApiToken}"))) : null;
}

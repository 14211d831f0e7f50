using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Settings <c>Swml</c>: what callers get.</summary>
public sealed class SwmlOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Swml";

    /// <summary>Whether a name without a stored document is a conference of that name. Otherwise it is a 404.</summary>
    public bool ImplicitDocuments { get; set; } = true;

    /// <summary>
    /// What is played while callers wait, as URLs for SWML's <c>play</c>, separated by blanks: <c>https://…</c>, or
    /// <c>silence:2</c>. Without any, SignalWire plays its own hold music.
    /// </summary>
    public string? HoldMusic { get; set; }

    /// <summary>What a caller hears who could not be put into the conference.</summary>
    [Required]
    public string UnavailableMessage { get; set; } = "Sorry, the conference is not available right now. Please try again later.";

    /// <summary>The single URLs of <see cref="HoldMusic"/>.</summary>
    public IReadOnlyList<string> HoldMusicUrls => HoldMusic?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}

using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Settings <c>Swml</c>: what callers get.</summary>
public sealed class SwmlOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Swml";

    // Far more than anybody wants to hear, and far from what a document may have.
    private const int MaxMessage = 4_000;
    private const int MaxHoldMusic = 30_000;

    // What SWML's play takes.
    private static readonly string[] Playable = ["https://", "http://", "say:", "silence:", "ring:"];

    /// <summary>Whether a name without a stored document is a conference of that name. Otherwise it is a 404.</summary>
    public bool ImplicitDocuments { get; set; } = true;

    /// <summary>
    /// What is played while callers wait, as URLs for SWML's <c>play</c>, separated by blanks: <c>https://…</c>, or
    /// <c>silence:2</c>; at most 30,000 characters. Without any, SignalWire plays its own hold music.
    /// </summary>
    [StringLength(MaxHoldMusic)]
    public string? HoldMusic { get; set; }

    /// <summary>What a caller hears who could not be put into the conference, at most 4,000 characters.</summary>
    [Required]
    [StringLength(MaxMessage)]
    public string UnavailableMessage { get; set; } = "Sorry, the conference is not available right now. Please try again later.";

    /// <summary>The single URLs of <see cref="HoldMusic"/>.</summary>
    public IReadOnlyList<string> HoldMusicUrls => HoldMusic?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>Refuses hold music that no caller would hear.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => HoldMusicUrls
        .Where(url => !Playable.Any(prefix => url.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && url.Length > prefix.Length))
        .Select(url => new ValidationResult(
            $"The setting 'Swml__HoldMusic' has '{url}', which SWML's play does not take. It takes URLs separated by blanks: https://…, http://…, say:…, silence:2 or ring:us."));
}

using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Retention;

/// <summary>Settings <c>Retention</c>: how long data is kept.</summary>
public sealed class RetentionOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Retention";

    /// <summary>
    /// Days after which conferences that have ended are erased with everything that belongs to them, and so are who called, dead
    /// letters and each recording whose conference was never found. Null or 0 keeps everything for good.
    /// </summary>
    [Range(0, 36_500)]
    public int? Days { get; set; }
}

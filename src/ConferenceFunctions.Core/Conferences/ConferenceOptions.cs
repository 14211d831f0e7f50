using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>Settings <c>Conferences</c>: how their state is read.</summary>
public sealed class ConferenceOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Conferences";

    /// <summary>
    /// A conference without an end, and without an event for this long, is <c>stale</c>: its end was probably missed. A later event
    /// revives it.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromHours(12);
}

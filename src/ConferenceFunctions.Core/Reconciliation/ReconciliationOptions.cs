using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Reconciliation;

/// <summary>Settings <c>Reconciliation</c>: how SignalWire's log is looked through. It is as soon as there is access to the space.</summary>
public sealed class ReconciliationOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Reconciliation";

    /// <summary>
    /// How far the first sweep looks back, and how long later ones wait for a conference to end: of one that lasts longer the end is
    /// only known by its callback.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan LookBack { get; set; } = TimeSpan.FromDays(2);

    /// <summary>How long an entry of the log is left alone after its last change, or the last event of its conference: callbacks may still be on their way.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Grace { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an entry is looked at again after its last change, since a recording is entered after the end. Also how much sweeps
    /// overlap, since clocks differ.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Overlap { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Conferences on a page of the log. SignalWire gives 1000 at most.</summary>
    [Range(1, 1000)]
    public int PageSize { get; set; } = 200;

    /// <summary>Pages in a run; the next run goes on behind them.</summary>
    [Range(1, 1000)]
    public int MaxPages { get; set; } = 50;
}

using System.ComponentModel.DataAnnotations;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A conference, as the API shows it.</summary>
public sealed record Conference
{
    /// <summary>Its unique id.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The document whose callers met in it.</summary>
    public string? Document { get; init; }

    /// <summary><c>in-progress</c>, <c>ended</c>, or <c>stale</c> where the end was probably missed.</summary>
    [AllowedValues("in-progress", "ended", "stale")]
    public required string Status { get; init; }

    /// <summary>Whether it is in progress.</summary>
    public required bool Live { get; init; }

    /// <summary>When it started; where no start was heard of, the time of its first event.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>
    /// Where its end was found, <c>logs/conferences</c>, if reconciliation had to look for it; the time of the end is then that of the
    /// entry's last change. Null where SignalWire told of the end, or there is none.
    /// </summary>
    public string? Reconciled { get; init; }

    /// <summary>How long it lasted, in seconds; null as long as it lasts.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Participants, as SignalWire last reported.</summary>
    public int? Size { get; init; }

    /// <summary>Most participants that SignalWire ever reported.</summary>
    public int? PeakSize { get; init; }

    /// <summary>Whether what SignalWire reported and what is known of its participants agree. Only where one conference is shown.</summary>
    public Consistency? Consistency { get; init; }

    /// <summary>Whether it is being recorded: <c>in-progress</c>, <c>paused</c>, <c>stopped</c> or <c>absent</c>.</summary>
    [AllowedValues("in-progress", "paused", "stopped", "absent")]
    public string? Recording { get; init; }

    /// <summary>Why it ended.</summary>
    public string? ReasonEnded { get; init; }

    /// <summary>Call id of the participant who ended it.</summary>
    public string? CallIdEndingConf { get; init; }

    /// <summary>Its region.</summary>
    public string? Region { get; init; }

    /// <summary>Project of its calls.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Space of its calls.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Time of its first event.</summary>
    public DateTimeOffset? FirstEventAt { get; init; }

    /// <summary>Time of its last event.</summary>
    public DateTimeOffset? LastEventAt { get; init; }
}

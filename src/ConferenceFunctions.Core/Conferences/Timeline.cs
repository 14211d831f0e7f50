namespace ConferenceFunctions.Core.Conferences;

/// <summary>Who was in a conference, and what they were doing, when.</summary>
public sealed record Timeline
{
    /// <summary>The conference.</summary>
    public required string ConferenceId { get; init; }

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null as long as it lasts, or where that is not known.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its participants, in the order in which they joined.</summary>
    public required IReadOnlyList<ParticipantTimeline> Participants { get; init; }
}

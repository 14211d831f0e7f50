using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>What a participant was doing, and when.</summary>
public sealed record ParticipantTimeline
{
    /// <summary>Call id.</summary>
    public required string CallId { get; init; }

    /// <summary>Who called, where known.</summary>
    public Caller? Caller { get; init; }

    /// <summary>In the conference.</summary>
    public required TimelineLane Present { get; init; }

    /// <summary>Muted.</summary>
    public required TimelineLane Muted { get; init; }

    /// <summary>On hold.</summary>
    public required TimelineLane Held { get; init; }

    /// <summary>Speaking.</summary>
    public required TimelineLane Speaking { get; init; }

    /// <summary>Coaching.</summary>
    public required TimelineLane Coaching { get; init; }
}

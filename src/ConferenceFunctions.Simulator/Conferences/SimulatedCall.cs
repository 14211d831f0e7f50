using ConferenceFunctions.Simulator.Logs;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>A call that SignalWire has.</summary>
internal sealed record SimulatedCall
{
    // Always the same, so that a backend sees one customer however often it is tried.
    private const string SimulatedSpace = "51a1a7ed-0000-4000-8000-000000000002";
    private const string Node = "51a1a7ed-0000-4000-8000-000000000003@us-east";

    /// <summary>The number that everybody calls.</summary>
    public const string ConferenceNumber = "+15555550100";

    /// <summary>Call id.</summary>
    public required string CallId { get; init; }

    /// <summary>Segment of the call.</summary>
    public required string SegmentId { get; init; }

    /// <summary>Id of the SWML session, which the channel of its events is named after.</summary>
    public required string SessionId { get; init; }

    /// <summary>The caller's number.</summary>
    public required string From { get; init; }

    /// <summary>The node.</summary>
    public string NodeId { get; init; } = Node;

    /// <summary>Tag of the call: tells simulated calls from real ones.</summary>
    public string? Tag { get; init; } = "simulator";

    /// <summary>Project of the call.</summary>
    public string ProjectId { get; init; } = SpaceApi.ProjectId;

    /// <summary>Space of the call.</summary>
    public string SpaceId { get; init; } = SimulatedSpace;

    /// <summary>A call of the n-th participant, with fresh ids.</summary>
    public static SimulatedCall OfParticipant(int participant) => new()
    {
        CallId = Guid.NewGuid().ToString(),
        SegmentId = Guid.NewGuid().ToString(),
        SessionId = Guid.NewGuid().ToString(),
        From = $"+1555556{participant:D4}",
    };
}

namespace ConferenceFunctions.Benchmarks.Plain;

/// <summary>The <c>params</c> of a callback.</summary>
internal sealed record PlainParams(
    string ConferenceId,
    string Status,
    string? Name,
    string? CallId,
    int? Size,
    string? NodeId,
    string? SegmentId,
    string? Region,
    bool? Muted,
    bool? Hold,
    bool? StartOnJoin,
    bool? EndOnLeave,
    bool? Coaching,
    string? ReasonEnded,
    string? CallIdEndingConf);

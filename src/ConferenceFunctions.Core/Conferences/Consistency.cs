namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Compares the size that SignalWire reported with somebody's last joining or leaving with the participants that were there by the
/// events known. They differ where an event was missed, or is still on its way.
/// </summary>
/// <param name="Consistent">Whether they agree.</param>
/// <param name="ReportedSize">Participants that SignalWire reported.</param>
/// <param name="CountedSize">Participants by the events known.</param>
/// <param name="At">When.</param>
public sealed record Consistency(bool Consistent, int ReportedSize, int CountedSize, DateTimeOffset? At);

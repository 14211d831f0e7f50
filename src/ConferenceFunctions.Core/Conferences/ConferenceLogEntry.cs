using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>An event in the log of a conference, as the API shows it: SignalWire's fields under their own names, and ours.</summary>
public sealed record ConferenceLogEntry
{
    /// <summary>Derived id, the same for a repeated callback.</summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    public required string Status { get; init; }

    /// <summary>When it happened; null where the callback does not tell.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>
    /// Which route it came in by: <c>conference</c> or <c>recording</c>; <c>reconciliation</c> where no callback told it, and it was
    /// found in SignalWire's log.
    /// </summary>
    [AllowedValues("conference", "recording", "reconciliation")]
    public required string Source { get; init; }

    /// <summary>The document in the route; empty where it came by none.</summary>
    public required string Document { get; init; }

    /// <summary>Type of the event.</summary>
    public required string EventType { get; init; }

    /// <summary>Channel of the event.</summary>
    public string? EventChannel { get; init; }

    /// <summary>Time of the event as sent: Unix seconds as a number, or the text of a form.</summary>
    public JsonElement? Timestamp { get; init; }

    /// <summary>Project of the call.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Space of the call.</summary>
    public string? SpaceId { get; init; }

    /// <summary>Everything that SignalWire says about the event, fields that are unknown here included.</summary>
    public required JsonElement Params { get; init; }
}

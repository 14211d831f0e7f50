using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>What the body of a dead letter is.</summary>
[JsonConverter(typeof(DeadLetterContentConverter))]
public enum DeadLetterContent
{
    /// <summary>A message of its queue, as it stood there.</summary>
    Message,

    /// <summary>A conference event as it came.</summary>
    ConferenceCallback,

    /// <summary>A recording event as it came.</summary>
    RecordingCallback,

    /// <summary>An event that reconciliation found in SignalWire's log.</summary>
    Reconciliation,

    /// <summary>Who called, as it stood in the queue.</summary>
    Caller,
}

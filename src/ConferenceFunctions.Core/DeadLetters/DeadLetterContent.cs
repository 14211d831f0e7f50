namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>What the body of a dead letter is.</summary>
public enum DeadLetterContent
{
    /// <summary>A message of its queue, as it stood there.</summary>
    Message,

    /// <summary>A conference event as it came.</summary>
    ConferenceCallback,

    /// <summary>A recording event as it came.</summary>
    RecordingCallback,
}

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Something that could not be applied, on its way to the store.</summary>
/// <param name="Queue">The queue that it belongs to.</param>
/// <param name="Reason">Why, one of <see cref="DeadLetterReason"/>.</param>
/// <param name="Content">What its body is.</param>
/// <param name="Body">Its body.</param>
public sealed record NewDeadLetter(string Queue, string Reason, DeadLetterContent Content, ReadOnlyMemory<byte> Body)
{
    /// <summary>What exactly went wrong; never the body itself.</summary>
    public string? Error { get; init; }

    /// <summary>Type of the exception, where one was thrown.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>How often it failed so far.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Its conference, where known.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>The document in the URL of a callback.</summary>
    public string? Document { get; init; }

    /// <summary>When a callback was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }
}

using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

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

    /// <summary>Its call, where that is all that is known of where it belongs.</summary>
    public string? CallId { get; init; }

    /// <summary>The document in the URL of a callback.</summary>
    public string? Document { get; init; }

    /// <summary>When a callback was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>A callback that was acknowledged, and what it says of where it belongs.</summary>
    internal static NewDeadLetter Of(QueuedCallback callback, string reason)
    {
        bool isEvent = CallbackParser.TryParse(callback.Body, callback.Kind, out ConferenceEvent? e, out _);
        return new NewDeadLetter(StorageNames.CallbackQueue, reason, DeadLetter.ContentOf(callback.Kind), callback.Body)
        {
            ConferenceId = isEvent && e!.ConferenceId.Length > 0 ? e.ConferenceId : null,
            CallId = callback.Kind == CallbackKind.Caller ? Caller.TryRead(callback.Body)?.CallId : isEvent ? e!.CallId : null,
            Document = callback.Document,
            ReceivedAt = callback.ReceivedAt,
        };
    }
}

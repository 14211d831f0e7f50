using System.ComponentModel.DataAnnotations;
using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>Something that could not be applied, kept to be looked at and tried again.</summary>
public sealed record DeadLetter
{
    /// <summary>Its id. Sorts by first seen, latest first.</summary>
    public required string Id { get; init; }

    /// <summary>The queue that it belongs to.</summary>
    public required string Queue { get; init; }

    /// <summary>Why it could not be applied, one of <see cref="DeadLetterReason"/>.</summary>
    [AllowedValues(DeadLetterReason.Unreadable, DeadLetterReason.NotApplicable, DeadLetterReason.Poison, DeadLetterReason.RecordingFailed)]
    public required string Reason { get; init; }

    /// <summary>What exactly went wrong last.</summary>
    public string? Error { get; init; }

    /// <summary>Type of the exception, where one was thrown.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>How often it failed.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it failed first.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When it failed last.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Its conference, where known.</summary>
    public string? ConferenceId { get; init; }

    /// <summary>The document in the URL of a callback.</summary>
    public string? Document { get; init; }

    /// <summary>When a callback was received.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What its body is.</summary>
    public required DeadLetterContent Content { get; init; }

    /// <summary>Size of its body in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Name of the blob with its body in the container <c>deadletters</c>.</summary>
    public required string Blob { get; init; }

    internal static DeadLetterContent ContentOf(CallbackKind kind) => kind switch
    {
        CallbackKind.Conference => DeadLetterContent.ConferenceCallback,
        CallbackKind.Recording => DeadLetterContent.RecordingCallback,
        CallbackKind.Caller => DeadLetterContent.Caller,
        CallbackKind.Reconciliation => DeadLetterContent.Reconciliation,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>What kind of callback its body is; null where it is a whole message.</summary>
    internal static CallbackKind? KindOf(DeadLetterContent content) => content switch
    {
        DeadLetterContent.ConferenceCallback => CallbackKind.Conference,
        DeadLetterContent.RecordingCallback => CallbackKind.Recording,
        DeadLetterContent.Caller => CallbackKind.Caller,
        DeadLetterContent.Reconciliation => CallbackKind.Reconciliation,
        _ => null,
    };
}

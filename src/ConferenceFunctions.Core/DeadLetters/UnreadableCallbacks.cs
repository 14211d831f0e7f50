using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.DeadLetters;

/// <summary>
/// Keeps requests that were let in and can't be read: somebody meant something by them. So many a second at most, since who has one
/// URL could fill the storage with them.
/// </summary>
public sealed class UnreadableCallbacks(DeadLetterStore store, ConferenceTelemetry telemetry, TimeProvider time)
{
    private const int MaxPerSecond = 20;

    private readonly RateLimit _limit = new(MaxPerSecond, time);

    /// <summary>Keeps a request, unless there were too many in this second.</summary>
    public async Task KeepAsync(CallbackKind kind, string document, ReadOnlyMemory<byte> body, string fault, CancellationToken cancellationToken)
    {
        if (!_limit.TakeTurn())
        {
            telemetry.Rejected("unreadable-not-kept");
            return;
        }

        await store.AddAsync(
            new NewDeadLetter(StorageNames.CallbackQueue, DeadLetterReason.Unreadable, DeadLetter.ContentOf(kind), body)
            {
                Error = fault,
                Document = document,
                ReceivedAt = time.GetUtcNow(),
            },
            cancellationToken);
    }
}

namespace ConferenceFunctions.Core.Storage;

/// <summary>
/// Tries again, within the function, what has to be done before a message may be given up. The host counts a function that fails, and
/// takes the message for poison in the end; storage that is away for a while must not be what is counted.
/// </summary>
internal static class Persistence
{
    // With what a function does besides, well below functionTimeout of host.json.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Does something, and again for as long as what fails passes by itself, for ten minutes at most.</summary>
    /// <param name="action">What is to be done. Repeating it must do no harm.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="Exception">It failed in a way that does not pass, or for too long.</exception>
    public static async Task RunAsync(Func<CancellationToken, Task> action, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        for (TimeSpan pause = First; ; pause = pause * 2 < Longest ? pause * 2 : Longest)
        {
            try
            {
                await action(cancellationToken);
                return;
            }
            catch (Exception exception) when (
                StorageFailure.IsTransient(exception) && !cancellationToken.IsCancellationRequested && time.GetElapsedTime(start) < Patience)
            {
                // Tried again below.
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}

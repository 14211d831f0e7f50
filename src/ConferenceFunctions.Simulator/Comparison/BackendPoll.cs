using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Compares again and again, until all is right or patience is over.</summary>
/// <param name="client">Asks the backend.</param>
/// <param name="time">The clock.</param>
internal sealed class BackendPoll(BackendClient client, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Compares.</summary>
    /// <param name="entries">Every callback that was posted.</param>
    /// <param name="audioOf">The audio of a recording by its id.</param>
    /// <param name="patience">How long to wait until all is right.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public async Task<BackendComparison> CompareAsync(
        IReadOnlyList<LedgerEntry> entries, Func<string, RecordedAudio?> audioOf, TimeSpan patience, CancellationToken cancellationToken)
    {
        string[] conferences = [.. entries.Where(entry => entry.ToBackend).Select(entry => entry.Callback.ConferenceId).Distinct()];
        long began = time.GetTimestamp();
        while (true)
        {
            BackendState[] states = await Task.WhenAll(conferences.Select(id => client.ReadAsync(id, cancellationToken)));
            Dictionary<string, BackendState> byId = conferences.Zip(states).ToDictionary(pair => pair.First, pair => pair.Second);
            var comparison = BackendComparison.Of(entries, id => byId[id], audioOf);
            if (!comparison.MayChange || time.GetElapsedTime(began) >= patience)
            {
                return comparison;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}

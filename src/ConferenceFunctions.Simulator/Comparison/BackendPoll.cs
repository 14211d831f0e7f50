using System.Collections.Concurrent;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Asks for each conference again and again, until all is right or patience is over.</summary>
/// <param name="client">Asks the backend.</param>
/// <param name="time">The clock.</param>
internal sealed class BackendPoll(BackendClient client, TimeProvider time)
{
    private const int SideBySide = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Is told of how many conferences nothing more is waited for.</summary>
    public Action<int>? Settled { get; init; }

    /// <summary>Compares everything at once.</summary>
    /// <param name="entries">Every callback that was posted.</param>
    /// <param name="audioOf">The audio of a recording by its id.</param>
    /// <param name="patience">How long to wait until all is right.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public async Task<BackendComparison> CompareAsync(
        IReadOnlyList<LedgerEntry> entries, Func<string, RecordedAudio?> audioOf, TimeSpan patience, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, BackendState> states = await ReadAsync(ByConference(entries), audioOf, patience, cancellationToken);
        return BackendComparison.Of(entries, id => states[id], audioOf);
    }

    /// <summary>Compares each conference for itself. What was sent to others than the backend is left out.</summary>
    /// <param name="entries">Every callback that was posted.</param>
    /// <param name="audioOf">The audio of a recording by its id.</param>
    /// <param name="patience">How long to wait until all is right.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    public async Task<IReadOnlyList<(LedgerEntry[] Sent, BackendComparison Comparison)>> CompareAllAsync(
        IReadOnlyList<LedgerEntry> entries, Func<string, RecordedAudio?> audioOf, TimeSpan patience, CancellationToken cancellationToken)
    {
        Dictionary<string, LedgerEntry[]> conferences = ByConference(entries);
        ConcurrentDictionary<string, BackendState> states = await ReadAsync(conferences, audioOf, patience, cancellationToken);
        return [.. conferences.Values.Select(sent => (sent, BackendComparison.Of(sent, id => states[id], audioOf)))];
    }

    private static Dictionary<string, LedgerEntry[]> ByConference(IReadOnlyList<LedgerEntry> entries) =>
        entries.Where(entry => entry.ToBackend).GroupBy(entry => entry.Callback.ConferenceId).ToDictionary(group => group.Key, group => group.ToArray());

    private async Task<ConcurrentDictionary<string, BackendState>> ReadAsync(
        Dictionary<string, LedgerEntry[]> conferences, Func<string, RecordedAudio?> audioOf, TimeSpan patience, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, BackendState> states = new(StringComparer.Ordinal);
        ParallelOptions several = new() { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        List<string> open = [.. conferences.Keys];
        long began = time.GetTimestamp();
        while (true)
        {
            await Parallel.ForEachAsync(open, several, async (id, token) => states[id] = await client.ReadAsync(id, token));
            open.RemoveAll(id => !BackendComparison.Of(conferences[id], known => states[known], audioOf).MayChange);
            Settled?.Invoke(conferences.Count - open.Count);
            if (open.Count == 0 || time.GetElapsedTime(began) >= patience)
            {
                return states;
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}

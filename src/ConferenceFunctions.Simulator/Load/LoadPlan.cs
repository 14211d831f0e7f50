using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Scripts;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>Makes the callbacks of many conferences, and the order in which they are sent.</summary>
/// <param name="documents">What was fetched: participant i runs the i-th, those beyond the last one run the last.</param>
/// <param name="participants">How many call in each conference.</param>
/// <param name="time">The clock. All events lie before its time.</param>
internal sealed class LoadPlan(IReadOnlyList<FetchedDocument> documents, int participants, TimeProvider time)
{
    // Long enough for every kind of event, and short enough for a few hundred events at most.
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    /// <summary>Plays a conference, at once.</summary>
    /// <param name="seed">What its script is made from.</param>
    /// <param name="recorder">Makes its recording.</param>
    /// <param name="cancellationToken">Cancels the playing.</param>
    /// <returns>Its callbacks, in the order of their events.</returns>
    public async Task<IReadOnlyList<SimulatedCallback>> PlayAsync(int seed, IRecorder recorder, CancellationToken cancellationToken)
    {
        var sink = new LoadSink();
        Caller[] callers = [.. Enumerable.Range(0, participants).Select(CallerOf)];
        var player = new ScriptPlayer(new SimulatedSpace(sink, recorder), callers, (caller, _, _) => Task.FromResult(caller.Fetched[0]), time);
        // What began that long ago is over, so that nothing is waited for.
        var timeline = new Timeline(time.GetUtcNow() - Length, Length, speed: 1);
        await player.PlayAsync(Choreography.Compose(seed, participants, Length), timeline, () => { }, cancellationToken);
        return sink.Callbacks;
    }

    /// <summary>Mixes the callbacks of conferences that take place at once.</summary>
    /// <param name="conferences">The callbacks of each, in the order of their events.</param>
    /// <param name="duplicates">Share of them that comes twice, the second time any time after the first.</param>
    /// <param name="shuffle">Whether they come in any order at all.</param>
    /// <param name="random">What the order is made from.</param>
    public static IReadOnlyList<SimulatedCallback> Mix(
        IEnumerable<IReadOnlyList<SimulatedCallback>> conferences, double duplicates, bool shuffle, Random random)
    {
        List<(double Place, SimulatedCallback Callback)> placed = [];
        foreach (IReadOnlyList<SimulatedCallback> conference in conferences)
        {
            for (int i = 0; i < conference.Count; i++)
            {
                double place = shuffle ? random.NextDouble() : (i + random.NextDouble()) / conference.Count;
                placed.Add((place, conference[i]));
                if (random.NextDouble() < duplicates)
                {
                    placed.Add((place + ((1 - place) * random.NextDouble()), conference[i]));
                }
            }
        }

        return [.. placed.OrderBy(callback => callback.Place).Select(callback => callback.Callback)];
    }

    private Caller CallerOf(int participant)
    {
        FetchedDocument document = documents[Math.Min(participant, documents.Count - 1)];
        var caller = new Caller(SimulatedCall.OfParticipant(participant), document.Url);
        caller.Fetched.Add(document);
        return caller;
    }
}

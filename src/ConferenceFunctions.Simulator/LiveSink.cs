using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Logs;

namespace ConferenceFunctions.Simulator;

/// <summary>Has events logged and posted, and hold music fetched.</summary>
/// <param name="log">The space's log; null where nobody can read it.</param>
/// <param name="sender">Posts events.</param>
/// <param name="music">Fetches hold music.</param>
/// <param name="cancellationToken">Cancels the fetches.</param>
internal sealed class LiveSink(ConferenceLog? log, CallbackSender sender, HoldMusic music, CancellationToken cancellationToken) : IConferenceSink
{
    /// <inheritdoc />
    public void Note(string conferenceId, string name, SimulatedEvent e) => log?.Note(conferenceId, name, e);

    /// <inheritdoc />
    public void Post(SimulatedCallback callback) => sender.Post(callback);

    /// <inheritdoc />
    public void Wait(SimulatedCall call, string? waitUrl)
    {
        if (waitUrl is not null)
        {
            music.Play(call, waitUrl, cancellationToken);
        }
    }

    /// <inheritdoc />
    public void Finish(SimulatedCall call, string result)
    {
    }
}

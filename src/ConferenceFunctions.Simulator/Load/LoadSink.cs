using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>Collects the callbacks of a conference that is played without anybody waiting.</summary>
internal sealed class LoadSink : IConferenceSink
{
    private readonly List<SimulatedCallback> _callbacks = [];

    /// <summary>Every callback so far, in the order of their events.</summary>
    public IReadOnlyList<SimulatedCallback> Callbacks => _callbacks;

    /// <inheritdoc />
    public void Post(SimulatedCallback callback) => _callbacks.Add(callback);

    /// <inheritdoc />
    public void Note(string conferenceId, string name, SimulatedEvent e)
    {
    }

    /// <inheritdoc />
    public void Wait(SimulatedCall call, string? waitUrl)
    {
    }

    /// <inheritdoc />
    public void Finish(SimulatedCall call, string result)
    {
    }
}

using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>A call that runs a document.</summary>
/// <param name="call">The call.</param>
/// <param name="interpreter">Runs its document.</param>
internal sealed class CallSession(SimulatedCall call, SwmlInterpreter interpreter)
{
    /// <summary>The call.</summary>
    public SimulatedCall Call { get; } = call;

    /// <summary>Runs its document.</summary>
    public SwmlInterpreter Interpreter { get; } = interpreter;

    /// <summary>The conference that it is in or waits for; null where in none.</summary>
    public SimulatedConference? Conference { get; set; }

    /// <summary>Whether the caller has hung up.</summary>
    public bool HungUp { get; set; }

    /// <summary>How its attempts to join went, in order.</summary>
    public List<string> Results { get; } = [];
}

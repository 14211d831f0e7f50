namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>An event that is to be posted.</summary>
/// <param name="ConferenceId">The conference.</param>
/// <param name="Event">The event.</param>
/// <param name="Route">Where and how it is posted.</param>
internal sealed record SimulatedCallback(string ConferenceId, SimulatedEvent Event, CallbackRoute Route);

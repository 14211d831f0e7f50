using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>Keeps what a conference tells.</summary>
internal sealed class SinkProbe : IConferenceSink
{
    public List<SimulatedCallback> Posted { get; } = [];

    public List<SimulatedEvent> Noted { get; } = [];

    public List<(string CallId, string? WaitUrl)> Waiting { get; } = [];

    public List<(string CallId, string Result)> Finished { get; } = [];

    public IEnumerable<string> Statuses => Posted.Select(callback => callback.Event.Status);

    public SimulatedEvent Last(string status) => Posted.Last(callback => callback.Event.Status == status).Event;

    public void Note(string conferenceId, string name, SimulatedEvent e) => Noted.Add(e);

    public void Post(SimulatedCallback callback) => Posted.Add(callback);

    public void Wait(SimulatedCall call, string? waitUrl) => Waiting.Add((call.CallId, waitUrl));

    public void Finish(SimulatedCall call, string result) => Finished.Add((call.CallId, result));
}

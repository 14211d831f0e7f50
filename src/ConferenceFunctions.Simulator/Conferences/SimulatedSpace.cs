using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>
/// A SignalWire space: its calls, each running its document, and its conferences, one of a name at a time. Times are in
/// microseconds since 1970.
/// </summary>
/// <param name="sink">Is told what happens.</param>
/// <param name="recorder">Makes recordings.</param>
internal sealed class SimulatedSpace(IConferenceSink sink, IRecorder recorder) : IConferenceSink
{
    private readonly List<SimulatedConference> _conferences = [];
    private readonly List<CallSession> _sessions = [];
    private readonly Queue<(SimulatedCall Call, string Result)> _finished = new();

    /// <summary>Every run of a document so far, in order.</summary>
    public IReadOnlyList<CallSession> Sessions => _sessions;

    /// <summary>A call begins to run a document. A call that ran one before runs another.</summary>
    public void Run(SimulatedCall call, SwmlObject document, CallVariables variables, long at)
    {
        var session = new CallSession(call, new SwmlInterpreter(document, variables));
        _sessions.Add(session);
        Proceed(session, session.Interpreter.Run(), at);
        GoOn(at);
    }

    /// <summary>A call is taken out of its conference, and goes on with its document.</summary>
    public void Leave(SimulatedCall call, long at)
    {
        ConferenceOf(call)?.Leave(call.CallId, at);
        GoOn(at);
    }

    /// <summary>A caller hangs up.</summary>
    public void HangUp(SimulatedCall call, long at)
    {
        if (Find(call) is { } session)
        {
            session.HungUp = true;
            Leave(call, at);
        }
    }

    /// <summary>Ends the conferences that nobody started.</summary>
    public void GiveUp(long at)
    {
        foreach (SimulatedConference conference in Live().Where(conference => !conference.Started))
        {
            conference.GiveUp();
        }

        GoOn(at);
    }

    /// <summary>The conferences that have not ended.</summary>
    public IReadOnlyList<SimulatedConference> Live() => _conferences.FindAll(conference => !conference.Ended);

    /// <summary>The conference that a call is in or waits for; null where in none.</summary>
    public SimulatedConference? ConferenceOf(SimulatedCall call) => Find(call)?.Conference;

    /// <inheritdoc />
    public void Note(string conferenceId, string name, SimulatedEvent e) => sink.Note(conferenceId, name, e);

    /// <inheritdoc />
    public void Post(SimulatedCallback callback) => sink.Post(callback);

    /// <inheritdoc />
    public void Wait(SimulatedCall call, string? waitUrl) => sink.Wait(call, waitUrl);

    /// <inheritdoc />
    /// <remarks>Put off until the conference is done with what it does: the call's document may lead into it again.</remarks>
    public void Finish(SimulatedCall call, string result) => _finished.Enqueue((call, result));

    private void GoOn(long at)
    {
        while (_finished.TryDequeue(out (SimulatedCall, string) finished))
        {
            (SimulatedCall call, string result) = finished;
            sink.Finish(call, result);
            CallSession session = Find(call)!;
            session.Conference = null;
            session.Results.Add(result);
            if (!session.HungUp)
            {
                Proceed(session, session.Interpreter.Resume(result), at);
            }
        }
    }

    private void Proceed(CallSession session, JoinConference? join, long at)
    {
        if (join is null)
        {
            return;
        }

        // One that nobody came to is not there: a join that fails makes none.
        SimulatedConference? room = Live().FirstOrDefault(conference => conference.Name == join.Name && !conference.IsEmpty);
        SimulatedConference conference = room ?? new SimulatedConference(Guid.NewGuid().ToString(), session.Call, join, this, recorder);
        if (conference.Join(session.Call, join, at) == JoinOutcome.Failed)
        {
            Finish(session.Call, JoinResult.Failed);
            return;
        }

        session.Conference = conference;
        if (room is null)
        {
            _conferences.Add(conference);
        }
    }

    private CallSession? Find(SimulatedCall call) => _sessions.FindLast(session => session.Call.CallId == call.CallId);
}

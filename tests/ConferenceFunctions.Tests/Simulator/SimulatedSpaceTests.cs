using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Tests.Simulator;

public class SimulatedSpaceTests
{
    private const string Events = "status_callback: https://example.com/, status_callback_event: start end join leave mute";

    private readonly SinkProbe _sink = new();
    private readonly SimulatedSpace _space;
    private long _now = Room.Start;

    public SimulatedSpaceTests() => _space = new SimulatedSpace(_sink, new FakeRecorder());

    private long Now => _now += 1_000_000;

    [Fact]
    public void Conferences_are_told_apart_by_their_names()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, {Events} }}");
        SimulatedCall bob = Run("bob", $"- join_conference: {{ name: two, {Events} }}");
        SimulatedCall cleo = Run("cleo", $"- join_conference: {{ name: one, {Events} }}");

        Assert.Same(_space.ConferenceOf(ann), _space.ConferenceOf(cleo));
        Assert.NotSame(_space.ConferenceOf(ann), _space.ConferenceOf(bob));
        Assert.Equal(2, _space.Live().Count);
    }

    [Fact]
    public void After_the_end_of_a_conference_another_one_of_its_name_has_another_id()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, {Events} }}");
        _space.HangUp(ann, Now);

        Run("bob", $"- join_conference: {{ name: one, {Events} }}");

        Assert.Equal(2, _sink.Posted.Select(callback => callback.ConferenceId).Distinct().Count());
    }

    [Fact]
    public void Who_leaves_goes_on_with_the_document()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, {Events} }}\n- play: {{ url: 'say:%{{join_conference_result}}' }}");

        _space.Leave(ann, Now);

        Assert.Equal("play (say:completed)", _space.Sessions[0].Interpreter.Trace[^1].ToString());
        Assert.Equal(["completed"], _space.Sessions[0].Results);
        Assert.Null(_space.ConferenceOf(ann));
    }

    [Fact]
    public void Who_hangs_up_does_not_go_on_with_the_document()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, {Events} }}\n- play: {{ url: 'say:Never' }}");

        _space.HangUp(ann, Now);

        Assert.Equal("join_conference", _space.Sessions[0].Interpreter.Trace[^1].Method);
        Assert.Equal(["completed"], _space.Sessions[0].Results);
    }

    [Fact]
    public void Who_sees_the_conference_end_goes_on_with_the_document()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, end_on_exit: true, {Events} }}");
        Run("bob", $"- join_conference: {{ name: one, {Events} }}\n- play: {{ url: 'say:%{{join_conference_result}}' }}");

        _space.HangUp(ann, Now);

        Assert.Equal("play (say:completed)", _space.Sessions[1].Interpreter.Trace[^1].ToString());
    }

    [Fact]
    public void Who_is_not_let_in_goes_on_with_the_document()
    {
        Run("ann", $"- join_conference: {{ name: one, {Events} }}");

        Run("bob", $"- join_conference: {{ name: one, coach: nobody }}\n- play: {{ url: 'say:%{{join_conference_result}}' }}");

        Assert.Equal("play (say:failed)", _space.Sessions[1].Interpreter.Trace[^1].ToString());
    }

    [Fact]
    public void Who_is_not_let_into_an_empty_room_does_not_decide_where_its_events_go()
    {
        Run("ann", "- join_conference: { name: one, coach: nobody }");

        Run("bob", $"- join_conference: {{ name: one, {Events} }}");

        Assert.NotEmpty(_sink.Posted);
    }

    [Fact]
    public void Who_waits_in_vain_gets_no_answer_and_goes_on()
    {
        Run("ann", "- join_conference: { name: one, start_on_enter: false }\n- play: { url: 'say:%{join_conference_result}' }");

        _space.GiveUp(Now);

        Assert.Equal("play (say:no-answer)", _space.Sessions[0].Interpreter.Trace[^1].ToString());
    }

    [Fact]
    public void A_call_that_left_may_run_a_document_again()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, {Events} }}");
        SimulatedCall bob = Run("bob", $"- join_conference: {{ name: one, {Events} }}");
        _space.Leave(bob, Now);

        Run(bob, $"- join_conference: {{ name: one, {Events} }}");

        Assert.Same(_space.ConferenceOf(ann), _space.ConferenceOf(bob));
        Assert.Equal(2, _space.Sessions.Count(session => session.Call == bob));
    }

    [Fact]
    public void Who_is_sent_back_into_a_conference_that_just_ended_gets_a_new_one()
    {
        SimulatedCall ann = Run("ann", $"- join_conference: {{ name: one, end_on_exit: true, {Events} }}");
        Run("bob", $"- join_conference: {{ name: one, {Events} }}\n- join_conference: {{ name: one, {Events} }}");

        _space.HangUp(ann, Now);

        string[] ids = [.. _sink.Posted.Select(callback => callback.ConferenceId).Distinct()];
        Assert.Equal(2, ids.Length);
        Assert.Equal(["conference-start", "participant-join"], _sink.Posted.Where(callback => callback.ConferenceId == ids[1]).Select(callback => callback.Event.Status));
        // The first one is done before the second one begins.
        Assert.Equal("conference-end", _sink.Posted.Last(callback => callback.ConferenceId == ids[0]).Event.Status);
        Assert.Equal("participant-join", _sink.Statuses.Last());
    }

    private SimulatedCall Run(string callId, string steps)
    {
        SimulatedCall call = Room.Call(callId);
        Run(call, steps);
        return call;
    }

    private void Run(SimulatedCall call, string steps)
    {
        SwmlObject document = Documents.OfSteps(steps);
        Assert.Empty(SwmlValidator.Validate(document).Faults);
        _space.Run(call, document, new CallVariables(call), Now);
    }
}

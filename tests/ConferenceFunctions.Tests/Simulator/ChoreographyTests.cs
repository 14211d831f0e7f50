using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Scripts;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.Tests.Simulator;

public class ChoreographyTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    [Fact]
    public void The_same_seed_makes_the_same_script() =>
        Assert.Equal(Choreography.Compose(7, 12, Length), Choreography.Compose(7, 12, Length));

    [Fact]
    public void Another_seed_makes_another_script() =>
        Assert.NotEqual(Choreography.Compose(7, 12, Length), Choreography.Compose(8, 12, Length));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(100)]
    public void Everybody_calls_before_anything_happens_to_them_and_hangs_up_at_last(int participants)
    {
        IReadOnlyList<ScriptStep> script = Choreography.Compose(1, participants, Length);

        Assert.Equal(script.OrderBy(step => step.At), script);
        Assert.All(script, step => Assert.InRange(step.At, TimeSpan.Zero, Length));
        foreach (IGrouping<int, ScriptStep> steps in script.Where(step => step.Action != ScriptAction.GiveUp).GroupBy(step => step.Participant))
        {
            Assert.Equal(ScriptAction.Call, steps.First().Action);
            Assert.Single(steps, step => step.Action == ScriptAction.HangUp);
        }

        Assert.Equal(participants, script.Select(step => step.Participant).Distinct().Count());
    }

    [Fact]
    public void Calls_are_staggered_and_the_second_participant_calls_first()
    {
        ScriptStep[] calls = [.. Choreography.Compose(1, 4, Length).Where(step => step.Action == ScriptAction.Call)];

        Assert.Equal([1, 0, 2, 3, 3], calls.Select(call => call.Participant));
        Assert.Equal(5, calls.Select(call => call.At).Distinct().Count());
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "", false)]
    [InlineData("start_on_enter: true, end_on_exit: true", "start_on_enter: false", true)]
    [InlineData("", "muted: true, beep: 'false'", true)]
    public async Task Four_participants_and_a_recording_make_every_kind_of_event_whatever_the_seed(string first, string others, bool record)
    {
        const string lists = "status_callback: https://example.com/, status_callback_event: start end join leave mute hold modify, "
            + "recording_status_callback: https://example.com/, recording_status_callback_event: in-progress completed absent";
        for (int seed = 0; seed < 50; seed++)
        {
            SinkProbe sink = await PlayAsync(seed, $"{{ name: team, {lists}{(first.Length == 0 ? "" : ", ")}{first} }}", $"{{ name: team, {lists}{(others.Length == 0 ? "" : ", ")}{others} }}", record);

            Assert.Equal(record ? 13 : 9, sink.Statuses.Distinct().Count());
            Assert.Single(sink.Posted.Select(callback => callback.ConferenceId).Distinct());
            Assert.Contains(
                sink.Posted.Where(callback => callback.Event.Status == "participant-join").CountBy(callback => callback.Event.Call.CallId), call => call.Value == 2);
        }
    }

    [Fact]
    public void No_event_lies_in_the_future_and_the_last_one_is_about_now()
    {
        DateTimeOffset began = DateTimeOffset.UnixEpoch.AddYears(50);
        foreach (double speed in (double[])[1, 2.5, 20, 1000])
        {
            var timeline = new Timeline(began, Length, speed);
            for (int second = 0; second <= 20; second++)
            {
                var at = TimeSpan.FromSeconds(second);
                Assert.True(timeline.Simulated(at) < ConferenceFunctions.Core.Callbacks.EventTime.From(timeline.Real(at)));
            }

            Assert.Equal(began + (Length / speed), timeline.Real(Length));
            Assert.InRange(
                ConferenceFunctions.Core.Callbacks.EventTime.From(timeline.Real(Length)) - timeline.Simulated(Length), 1, 1_000_000);
            Assert.Equal(20_000_000, timeline.Simulated(Length) - timeline.Simulated(TimeSpan.Zero));
        }
    }

    private static async Task<SinkProbe> PlayAsync(int seed, string first, string others, bool record)
    {
        var sink = new SinkProbe();
        var space = new SimulatedSpace(sink, new FakeRecorder { RecordsAlways = record });
        Caller[] callers = [.. Enumerable.Range(0, 4).Select(participant => new Caller(SimulatedCall.OfParticipant(participant), "https://example.com/"))];
        foreach (Caller caller in callers)
        {
            SwmlObject document = Documents.OfSteps($"- join_conference: {(caller == callers[0] ? first : others)}\n- hangup");
            caller.Fetched.Add(new FetchedDocument(caller.Url, document, null, Reached: true, TimeSpan.Zero));
        }

        // Who comes back is given the same document as before.
        using var http = new HttpClient(new StubHandler((_, _) =>
            StubHandler.Status(System.Net.HttpStatusCode.OK, System.Text.Encoding.UTF8.GetString(SwmlText.WriteJson(callers[3].Fetched[0].Document!)))));
        var time = new FakeTimeProvider();
        var fetcher = new DocumentFetcher(new ConferenceFunctions.Simulator.Callbacks.SignalWireClient(http, null, time));
        var player = new ScriptPlayer(space, callers, (caller, variables, token) => fetcher.FetchAsync(caller.Url, variables, token), time);
        Timeline timeline = new(time.GetUtcNow() - Length - Length, Length, 1);
        await player.PlayAsync(Choreography.Compose(seed, 4, Length), timeline, () => { }, TestContext.Current.CancellationToken);
        return sink;
    }
}

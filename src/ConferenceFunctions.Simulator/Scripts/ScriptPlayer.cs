using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Documents;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>Plays a script in a space.</summary>
/// <param name="space">The space.</param>
/// <param name="callers">Who takes part.</param>
/// <param name="fetch">Fetches the document of who calls again.</param>
/// <param name="time">The clock.</param>
internal sealed class ScriptPlayer(
    SimulatedSpace space, IReadOnlyList<Caller> callers, Func<Caller, CallVariables, CancellationToken, Task<FetchedDocument>> fetch, TimeProvider time)
{
    /// <summary>Plays it.</summary>
    /// <param name="script">The script.</param>
    /// <param name="timeline">When what happens.</param>
    /// <param name="progress">Is told after each step.</param>
    /// <param name="cancellationToken">Cancels the playing.</param>
    public async Task PlayAsync(IReadOnlyList<ScriptStep> script, Timeline timeline, Action progress, CancellationToken cancellationToken)
    {
        foreach (ScriptStep step in script)
        {
            TimeSpan left = timeline.Real(step.At) - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellationToken);
            }

            await PlayAsync(step, timeline.Simulated(step.At), cancellationToken);
            progress();
        }
    }

    private async Task PlayAsync(ScriptStep step, long at, CancellationToken cancellationToken)
    {
        Caller caller = callers[step.Participant];
        SimulatedCall call = caller.Call;
        switch (step.Action)
        {
            case ScriptAction.Call:
                await CallAsync(caller, at, cancellationToken);
                break;
            case ScriptAction.Leave:
                space.Leave(call, at);
                break;
            case ScriptAction.HangUp:
                space.HangUp(call, at);
                break;
            case ScriptAction.Mute or ScriptAction.Unmute:
                space.ConferenceOf(call)?.Mute(call.CallId, step.Action == ScriptAction.Mute, at);
                break;
            case ScriptAction.Hold or ScriptAction.Unhold:
                space.ConferenceOf(call)?.Hold(call.CallId, step.Action == ScriptAction.Hold, at);
                break;
            case ScriptAction.BeginSpeaking or ScriptAction.StopSpeaking:
                space.ConferenceOf(call)?.Speak(call.CallId, step.Action == ScriptAction.BeginSpeaking, at);
                break;
            case ScriptAction.Modify:
                space.ConferenceOf(call)?.Modify(call.CallId, at);
                break;
            case ScriptAction.PauseRecording:
                space.ConferenceOf(call)?.PauseRecording(at);
                break;
            case ScriptAction.ResumeRecording:
                space.ConferenceOf(call)?.ResumeRecording(at);
                break;
            case ScriptAction.GiveUp:
                space.GiveUp(at);
                break;
        }
    }

    // Documents are fetched before the playing begins, so that only who calls again has to be waited for.
    private async Task CallAsync(Caller caller, long at, CancellationToken cancellationToken)
    {
        var variables = new CallVariables(caller.Call);
        if (caller.HasCalled)
        {
            caller.Fetched.Add(await fetch(caller, variables, cancellationToken));
        }

        caller.HasCalled = true;
        if (caller.Fetched[^1].Document is SwmlObject document)
        {
            space.Run(caller.Call, document, variables, at);
        }
    }
}

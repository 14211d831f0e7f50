using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>A participant who is in a conference or waits for its start.</summary>
/// <param name="call">The call.</param>
/// <param name="join">What its document asks for.</param>
internal sealed class ConferenceMember(SimulatedCall call, JoinConference join)
{
    /// <summary>The call.</summary>
    public SimulatedCall Call { get; } = call;

    /// <summary>What its document asks for.</summary>
    public JoinConference Join { get; } = join;

    /// <summary>Whether the participant is muted.</summary>
    public bool Muted { get; set; } = join.Muted.Or(false);

    /// <summary>Whether the participant is on hold.</summary>
    public bool Hold { get; set; }

    /// <summary>Whether the participant speaks.</summary>
    public bool Speaking { get; set; }

    /// <summary>Whether the participant coaches another one.</summary>
    public bool Coaching { get; } = join.Coach is not null;

    /// <summary>Whether the participant starts the conference on joining.</summary>
    public bool StartOnJoin { get; set; } = join.StartOnEnter.Or(true);

    /// <summary>Whether the participant ends the conference on leaving.</summary>
    public bool EndOnLeave { get; } = join.EndOnExit.Or(false);
}

namespace ConferenceFunctions.Simulator.Scripts;

/// <summary>
/// Makes the script of a conference: everybody calls, one after the other; things happen to them; everybody hangs up. A core that is
/// always the same makes every kind of event happen that there is, whatever the rest does; one participant leaves and comes back.
/// </summary>
internal static class Choreography
{
    // Parts of the whole time.
    private const double CallsBegin = 0.02;
    private const double CallsEnd = 0.2;
    private const double PlayBegin = 0.24;
    private const double PlayEnd = 0.88;
    private const double WaitingEnds = 0.89;
    private const double HangUpsBegin = 0.9;
    private const double FirstHangsUp = 0.95;
    private const double HangUpsEnd = 0.98;
    private const double ShortestStay = 0.6;
    private const double SecondsBetweenActions = 4;
    private const double EarlyLeavers = 0.2;

    private static readonly (ScriptAction On, ScriptAction Off)[] Intervals =
    [
        (ScriptAction.BeginSpeaking, ScriptAction.StopSpeaking),
        (ScriptAction.BeginSpeaking, ScriptAction.StopSpeaking),
        (ScriptAction.Mute, ScriptAction.Unmute),
        (ScriptAction.Hold, ScriptAction.Unhold),
    ];

    /// <summary>Makes a script. The same arguments make the same one.</summary>
    /// <param name="seed">What it is made from.</param>
    /// <param name="participants">How many call.</param>
    /// <param name="length">How long it takes.</param>
    public static IReadOnlyList<ScriptStep> Compose(int seed, int participants, TimeSpan length)
    {
        var random = new Random(seed);
        List<(double At, int Participant, ScriptAction Action)> steps =
        [
            .. Calls(random, participants),
            .. Core(participants),
            .. Enumerable.Range(0, participants).SelectMany(participant => Play(random, participant, length)),
            (WaitingEnds, 0, ScriptAction.GiveUp),
            .. HangUps(random, participants),
        ];
        return [.. steps.OrderBy(step => step.At).Select(step => new ScriptStep(length * step.At, step.Participant, step.Action))];
    }

    // The second one calls first: who waits for a moderator has to come before.
    private static IEnumerable<(double, int, ScriptAction)> Calls(Random random, int participants)
    {
        double gap = (CallsEnd - CallsBegin) / participants;
        for (int place = 0; place < participants; place++)
        {
            int participant = participants > 1 && place < 2 ? 1 - place : place;
            yield return (CallsBegin + (gap * (place + (0.8 * random.NextDouble()))), participant, ScriptAction.Call);
        }
    }

    // Both ways for each flag, and back, so that both happen however the participant joined.
    private static IEnumerable<(double, int, ScriptAction)> Core(int participants)
    {
        int muted = Math.Min(1, participants - 1);
        int held = Math.Min(2, participants - 1);
        int comesBack = participants - 1;
        List<(double, int, ScriptAction)> core =
        [
            (0.26, muted, ScriptAction.Mute),
            (0.28, 0, ScriptAction.BeginSpeaking),
            (0.30, held, ScriptAction.Hold),
            (0.33, 0, ScriptAction.StopSpeaking),
            (0.34, muted, ScriptAction.Unmute),
            (0.38, 0, ScriptAction.PauseRecording),
            (0.42, held, ScriptAction.Modify),
            (0.46, 0, ScriptAction.ResumeRecording),
            (0.50, held, ScriptAction.Unhold),
            (0.54, muted, ScriptAction.Mute),
            (0.58, comesBack, ScriptAction.Leave),
            (0.70, comesBack, ScriptAction.Call),
            (0.74, muted, ScriptAction.Unmute),
        ];
        return participants > 1 ? core : core.Where(step => step.Item3 is not (ScriptAction.Leave or ScriptAction.Call));
    }

    private static IEnumerable<(double, int, ScriptAction)> Play(Random random, int participant, TimeSpan length)
    {
        int actions = Math.Max(1, (int)(length.TotalSeconds * (PlayEnd - PlayBegin) / SecondsBetweenActions));
        for (int i = 0; i < actions; i++)
        {
            double from = Between(random, PlayBegin, PlayEnd);
            double to = Between(random, from, PlayEnd);
            if (random.Next(Intervals.Length + 1) is int kind && kind == Intervals.Length)
            {
                yield return (from, participant, ScriptAction.Modify);
            }
            else
            {
                yield return (from, participant, Intervals[kind].On);
                yield return (to, participant, Intervals[kind].Off);
            }
        }
    }

    // Some leave early. The first one, who may be the moderator, leaves before some of the others.
    private static IEnumerable<(double, int, ScriptAction)> HangUps(Random random, int participants)
    {
        yield return (FirstHangsUp, 0, ScriptAction.HangUp);
        for (int participant = 1; participant < participants; participant++)
        {
            bool early = participant > 2 && participant < participants - 1 && random.NextDouble() < EarlyLeavers;
            bool before = random.Next(2) == 0;
            double at = early ? Between(random, ShortestStay, PlayEnd)
                : before ? Between(random, HangUpsBegin, FirstHangsUp)
                : Between(random, FirstHangsUp, HangUpsEnd);
            yield return (at, participant, ScriptAction.HangUp);
        }
    }

    private static double Between(Random random, double from, double to) => from + ((to - from) * random.NextDouble());
}

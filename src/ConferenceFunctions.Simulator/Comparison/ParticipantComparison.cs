using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Compares participants with what the backend was told of them.</summary>
internal static class ParticipantComparison
{
    /// <summary>Compares.</summary>
    /// <param name="told">What the backend was told.</param>
    /// <param name="complete">Whether it acknowledged all of it: only then its stints must be right.</param>
    /// <param name="found">What it knows.</param>
    public static ComparisonRow Of(IReadOnlyList<ToldEvent> told, bool complete, IReadOnlyList<Participant> found)
    {
        var differences = new Differences();
        ILookup<string?, ToldEvent> byCall = told.Where(e => e.IsParticipant).ToLookup(e => e.Text("call_id"));
        Dictionary<string, Participant> participants = new(StringComparer.Ordinal);
        foreach (Participant participant in found.Where(participant => !participants.TryAdd(participant.CallId, participant)))
        {
            differences.Add($"{participant.CallId} is there twice");
        }

        int stints = 0;
        foreach (IGrouping<string?, ToldEvent> call in byCall)
        {
            if (!participants.Remove(call.Key!, out Participant? participant))
            {
                differences.Add($"{call.Key} is missing");
                continue;
            }

            CheckFlags(differences, [.. call], participant);
            if (complete && StintsOf([.. call]) is { } expected)
            {
                stints += expected.Count;
                CheckStints(differences, expected, participant);
            }
        }

        foreach (string unexpected in participants.Keys)
        {
            differences.Add($"{unexpected} was never there");
        }

        int foundStints = stints == 0 ? 0 : found.Sum(participant => participant.Stints.Count);
        return ComparisonRow.Of("Participants", Describe(byCall.Count, stints), Describe(found.Count, foundStints), differences.All);
    }

    private static void CheckFlags(Differences differences, ToldEvent[] told, Participant found)
    {
        differences.Check($"{found.CallId} muted", Last(told, "muted"), found.Muted);
        differences.Check($"{found.CallId} hold", Last(told, "hold"), found.Hold);
        differences.Check($"{found.CallId} coaching", Last(told, "coaching"), found.Coaching);
        differences.Check($"{found.CallId} start_on_join", Last(told, "start_on_join"), found.StartOnJoin);
        differences.Check($"{found.CallId} end_on_leave", Last(told, "end_on_leave"), found.EndOnLeave);
    }

    // Where two events of one time say different things, nobody can tell which one was last.
    private static bool? Last(ToldEvent[] told, string flag)
    {
        bool?[] last = [.. told.Where(e => e.Time == told.Max(other => other.Time)).Select(e => e.Flag(flag)).Distinct()];
        return last is [var only] ? only : null;
    }

    // Only who is told of joining and of leaving can know of stints, and only where their times can be told apart.
    private static List<(long Joined, long? Left)>? StintsOf(ToldEvent[] told)
    {
        ToldEvent[] moves =
            [.. told.Where(e => e.Status is ConferenceStatus.ParticipantJoin or ConferenceStatus.ParticipantLeave).OrderBy(e => e.Time)];
        bool subscribed = told[0].Subscribed.Contains("join") && told[0].Subscribed.Contains("leave");
        if (!subscribed || moves.DistinctBy(e => e.Time).Count() < moves.Length)
        {
            return null;
        }

        List<(long Joined, long? Left)> stints = [];
        foreach (ToldEvent move in moves)
        {
            if (move.Status == ConferenceStatus.ParticipantJoin)
            {
                stints.Add((move.Time, null));
            }
            else
            {
                stints[^1] = (stints[^1].Joined, move.Time);
            }
        }

        return stints;
    }

    private static void CheckStints(Differences differences, List<(long Joined, long? Left)> expected, Participant found)
    {
        differences.Check($"{found.CallId} stints", expected.Count, found.Stints.Count);
        for (int i = 0; i < Math.Min(expected.Count, found.Stints.Count); i++)
        {
            differences.CheckTime($"{found.CallId} joined", expected[i].Joined, found.Stints[i].JoinedAt);
            differences.CheckTime($"{found.CallId} left", expected[i].Left, found.Stints[i].LeftAt);
        }
    }

    private static string Describe(int participants, int stints) => stints == 0
        ? $"{participants} participants"
        : $"{participants} participants, {stints} stints, last flags";
}

using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Compares the size that SignalWire reported with somebody's last joining or leaving with the participants that were there by the
/// events known. They differ where an event was missed, or is still on its way. Where several joined or left at that very time,
/// every size is taken that some order of them leads through.
/// </summary>
/// <param name="Consistent">Whether they agree.</param>
/// <param name="ReportedSize">Participants that SignalWire reported.</param>
/// <param name="CountedSize">Participants by the events known, once all of that time had happened.</param>
/// <param name="At">When.</param>
public sealed record Consistency(bool Consistent, int ReportedSize, int CountedSize, DateTimeOffset? At)
{
    /// <summary>Compares.</summary>
    /// <param name="reported">The size that was reported.</param>
    /// <param name="at">When it was, in microseconds since 1970.</param>
    /// <param name="participants">All participants, with all times at which they joined and left.</param>
    internal static Consistency Of(int reported, long at, IReadOnlyList<ParticipantState> participants)
    {
        (int before, int counted, int joining, int leaving) = (0, 0, 0, 0);
        (bool anyJoins, bool anyLeaves) = (false, false);
        foreach (ParticipantState participant in participants)
        {
            bool joins = participant.Joins.Times.AsSpan().BinarySearch(at) >= 0;
            bool leaves = participant.Leaves.Times.AsSpan().BinarySearch(at) >= 0;
            bool wasThere = IsThere(participant, at - 1);
            (anyJoins, anyLeaves) = (anyJoins | joins, anyLeaves | leaves);
            before += wasThere ? 1 : 0;
            counted += IsThere(participant, at) ? 1 : 0;
            joining += joins && !wasThere ? 1 : 0;
            leaving += leaves && wasThere ? 1 : 0;
        }

        // The report comes with one of the events: where all are of one kind, this one has happened by then.
        int least = before - leaving + (joining > 0 && !anyLeaves ? 1 : 0);
        int most = before + joining - (leaving > 0 && !anyJoins ? 1 : 0);
        return new Consistency(reported >= least && reported <= most, reported, counted, EventTime.ToPoint(at));
    }

    private static bool IsThere(ParticipantState participant, long at) => Stints.From(
        [.. participant.Joins.Times.TakeWhile(time => time <= at)], [.. participant.Leaves.Times.TakeWhile(time => time <= at)], null, DateTimeOffset.UnixEpoch) is [.., { Open: true }];
}

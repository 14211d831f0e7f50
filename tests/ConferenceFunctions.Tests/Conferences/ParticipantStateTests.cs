using Azure.Data.Tables;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class ParticipantStateTests
{
    // What Table Storage takes of text in one column: 64 KiB in UTF-16.
    private const int MaxColumn = 32 * 1024;

    [Fact]
    public void Twenty_thousand_joins_and_leaves_are_a_row_that_storage_takes_and_that_says_it_is_not_all()
    {
        ParticipantState state = ParticipantState.Empty;
        for (int stay = 0; stay < 20_000; stay++)
        {
            foreach (string status in (ReadOnlySpan<string>)["participant-join", "participant-leave"])
            {
                state = ParticipantState.Merge(state, ParticipantState.From(Event(status, 1_767_225_600 + (stay * 2) + (status == "participant-join" ? 0 : 1))));
            }
        }

        TableEntity entity = new ParticipantRow("a", state).ToEntity("c1");

        Assert.Equal((TimeMarks.Max, true), (state.Joins.Times.Length, state.Joins.Truncated));
        Assert.Equal((TimeMarks.Max, true), (state.Leaves.Times.Length, state.Leaves.Truncated));
        Assert.All(["joins", "leaves"], column => Assert.InRange(entity.GetString(column).Length, 1, MaxColumn));
        Assert.Equal(new ParticipantRow("a", state), StateRow.From(entity));
    }

    private static Core.Callbacks.ConferenceEvent Event(string status, long second) => RandomConference.Received(FormattableString.Invariant(
        $$$"""{"event_type":"calling.conference","timestamp":{{{second}}},"params":{"conference_id":"c1","call_id":"a","status":"{{{status}}}"}}""")).Event;
}

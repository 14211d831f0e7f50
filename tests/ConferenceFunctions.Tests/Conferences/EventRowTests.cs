using System.Text;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class EventRowTests
{
    private const string Join = """{"timestamp":1640000000.5,"project_id":"p","params":{"conference_id":"c1","status":"participant-join","call_id":"a","muted":true}}""";
    private const string Reordered = """{"params":{"call_id":"a","muted":true,"conference_id":"c1","status":"participant-join"},"project_id":"p","timestamp":1640000000.5}""";
    private const string Timeless = """{"params":{"conference_id":"c1","status":"participant-join","call_id":"a"}}""";

    [Theory]
    [InlineData(Join)]
    [InlineData(Timeless)]
    public void A_message_that_comes_again_writes_the_very_same_row(string body) => Assert.Equal(Row(body, 0).OrderBy(Name), Row(body, 0).OrderBy(Name));

    [Theory]
    [InlineData(Join, Join)]
    [InlineData(Join, Reordered)]
    [InlineData(Timeless, Timeless)]
    public void A_callback_that_signalwire_repeats_has_the_same_row_whenever_it_is_received(string first, string second)
    {
        (TableEntity one, TableEntity other) = (Row(first, 0), Row(second, 60));

        Assert.Equal(one.RowKey, other.RowKey);
        Assert.Equal(one.Where(IsState).OrderBy(Name), other.Where(IsState).OrderBy(Name));

        static bool IsState(KeyValuePair<string, object> column) => column.Key is not ("received_at" or "body");
    }

    private static string Name(KeyValuePair<string, object> column) => column.Key;

    private static TableEntity Row(string json, int second)
    {
        byte[] body = Encoding.UTF8.GetBytes(json);
        Assert.True(CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? e, out string? fault), fault);
        return ConferenceEntities.ToEntity(
            new ReceivedEvent(e, new QueuedCallback(e.Id, CallbackKind.Conference, "room", DateTimeOffset.UnixEpoch.AddSeconds(second), body)));
    }
}

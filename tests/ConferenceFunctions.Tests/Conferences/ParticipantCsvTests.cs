using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;

namespace ConferenceFunctions.Tests.Conferences;

public class ParticipantCsvTests
{
    private const string Header =
        "call_id,from,to,role,direction,type,stint,joined_at,left_at,seconds,end,left_inferred,seconds_present,muted,hold,coaching,start_on_join,end_on_leave,tag";

    private static readonly DateTimeOffset Begin = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_stint_is_a_row_and_totals_come_last()
    {
        var participant = new Participant
        {
            CallId = "a",
            Caller = new Caller { CallId = "a", Document = "room", Time = Begin, From = "1555", To = "1556", Direction = "inbound", Type = "phone", Role = "moderator" },
            Present = true,
            SecondsPresent = 130.5,
            Stints =
            [
                new Stint(Begin, Begin.AddSeconds(100.5), 100.5, LeftInferred: true, Open: false, StintEnd.Rejoined),
                new Stint(Begin.AddSeconds(100.5), null, 30, LeftInferred: false, Open: true, End: null),
            ],
            Muted = true,
            Tag = "t",
        };

        Assert.Equal(
            [
                Header,
                "a,1555,1556,moderator,inbound,phone,1,2026-01-31T12:00:00Z,2026-01-31T12:01:40.5Z,100.5,rejoined,true,130.5,true,,,,,t",
                "a,1555,1556,moderator,inbound,phone,2,2026-01-31T12:01:40.5Z,,30,,false,130.5,true,,,,,t",
                "b,,,,,,1,,2026-01-31T12:00:00Z,,conference_ended,false,0,,,,,,",
                "c,,,,,,0,,,,,,0,,,,,,",
                "total,,,,,,3,,,130.5,,,130.5,,,,,,",
            ],
            Lines(participant, Of("b", new Stint(null, Begin, null, LeftInferred: false, Open: false, StintEnd.ConferenceEnded)), Of("c")));
    }

    [Fact]
    public void Nobody_makes_a_header_and_totals() => Assert.Equal([Header, "total,,,,,,0,,,0,,,0,,,,,,"], Lines());

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+15551234567", "'+15551234567")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("\rx", "'\rx")]
    [InlineData("\"=1+1\"", "\"=1+1\"")]
    [InlineData("a=b", "a=b")]
    public void What_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe(string tag, string shown) => Assert.Equal(shown, TagOf(Of("a") with { Tag = tag }));

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("two\rlines", "\"two\rlines\"")]
    public void Commas_quotes_and_line_breaks_are_quoted_as_in_RFC_4180(string tag, string written) =>
        Assert.Contains($",{written}\r\ntotal,", Write([Of("a") with { Tag = tag }]), StringComparison.Ordinal);

    [Fact]
    public void Every_line_ends_with_CRLF() => Assert.EndsWith("\r\n", Write([Of("a")]), StringComparison.Ordinal);

    private static Participant Of(string callId, params Stint[] stints) => new() { CallId = callId, Present = false, SecondsPresent = 0, Stints = stints };

    private static string Write(IReadOnlyList<Participant> participants)
    {
        using var text = new StringWriter();
        ParticipantCsv.Write(text, participants);
        return text.ToString();
    }

    private static string[] Lines(params Participant[] participants) => Write(participants).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The last field of the second row, as RFC 4180 reads it.</summary>
    private static string TagOf(Participant participant)
    {
        string text = Write([participant]);
        string row = text[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..text.IndexOf("\r\ntotal,", StringComparison.Ordinal)];
        string field = row.Split(',', 19)[18];
        return field is ['"', .., '"'] ? field[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : field;
    }
}

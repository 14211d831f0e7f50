using System.Text;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Callbacks;

public class CallbackParserTests
{
    private static ConferenceEvent Parse(string body, CallbackKind kind = CallbackKind.Conference)
    {
        Assert.True(CallbackParser.TryParse(Encoding.UTF8.GetBytes(body), kind, out ConferenceEvent? callback, out string? fault), fault);
        return callback;
    }

    private static string Fault(string body, CallbackKind kind = CallbackKind.Conference)
    {
        Assert.False(CallbackParser.TryParse(Encoding.UTF8.GetBytes(body), kind, out _, out string? fault));
        return fault;
    }

    public static TheoryData<string> Statuses() => [.. ConferenceStatus.Documented];

    [Fact]
    public void There_are_fifteen_documented_statuses() => Assert.Equal(15, ConferenceStatus.Documented.Count);

    [Theory]
    [MemberData(nameof(Statuses))]
    public void Every_status_and_every_field_of_the_reference_is_read(string status)
    {
        ConferenceEvent e = Parse(CallbackMutations.AllFields.Replace("STATUS", status, StringComparison.Ordinal));

        Assert.Equal(
            new ConferenceEvent
            {
                Id = e.Id,
                ConferenceId = "conf",
                Status = status,
                Time = 1_640_000_000_123_456,
                EventChannel = "swml:1",
                ProjectId = "p",
                SpaceId = "s",
                CallId = "call",
                Name = "my_conference",
                Size = 3,
                NodeId = "node",
                SegmentId = "segment",
                Region = "us",
                Tag = "tag",
                Muted = true,
                Hold = false,
                StartOnJoin = true,
                EndOnLeave = false,
                Coaching = true,
                RecordingUrl = "https://your-space.signalwire.com/api/v1/recordings/rec-uuid/download",
                RecordingFileSize = 4_800_000,
                RecordingDuration = 300.5,
                ReasonEnded = "last-participant-left",
                CallIdEndingConf = "call2",
            },
            e);
        Assert.True(e.IsKnown);
        Assert.Matches("^[0-9a-f]{32}$", e.Id);
    }

    [Theory]
    [InlineData("""{"event_type":"calling.conference","params":{"conference_id":"c","status":"participant-levitate"}}""", false)]
    [InlineData("""{"event_type":"calling.call.state","params":{"conference_id":"c","status":"participant-join"}}""", false)]
    [InlineData("""{"params":{"conference_id":"c","status":"participant-join"}}""", true)]
    public void What_is_unknown_is_an_event_all_the_same_and_told_apart(string body, bool known) => Assert.Equal(known, Parse(body).IsKnown);

    [Theory]
    [InlineData("event_type=calling.conference&timestamp=1640000000.5&project_id=p&conference_id=c&status=participant-join&call_id=a&muted=true&size=2")]
    [InlineData("event_type=calling.conference&timestamp=1640000000.5&project_id=p&params.conference_id=c&params.status=participant-join&params.call_id=a&params.muted=true&params.size=2")]
    [InlineData("event_type=calling.conference&timestamp=1640000000.5&project_id=p&params%5Bconference_id%5D=c&params[status]=participant-join&params[call_id]=a&params[muted]=true&params[size]=2")]
    [InlineData("payload=%7B%22event_type%22%3A%22calling.conference%22%2C%22timestamp%22%3A1640000000.5%2C%22project_id%22%3A%22p%22%2C%22params%22%3A%7B%22conference_id%22%3A%22c%22%2C%22status%22%3A%22participant-join%22%2C%22call_id%22%3A%22a%22%2C%22muted%22%3Atrue%2C%22size%22%3A2%7D%7D")]
    [InlineData("event_type=calling.conference&timestamp=1640000000.5&project_id=p&params=%7B%22conference_id%22%3A%22c%22%2C%22status%22%3A%22participant-join%22%2C%22call_id%22%3A%22a%22%2C%22muted%22%3Atrue%2C%22size%22%3A2%7D")]
    [InlineData("%7B%22event_type%22%3A%22calling.conference%22%2C%22timestamp%22%3A1640000000.5%2C%22project_id%22%3A%22p%22%2C%22params%22%3A%7B%22conference_id%22%3A%22c%22%2C%22status%22%3A%22participant-join%22%2C%22call_id%22%3A%22a%22%2C%22muted%22%3Atrue%2C%22size%22%3A2%7D%7D")]
    [InlineData("%7B%22event_type%22%3A%22calling.conference%22%2C%22timestamp%22%3A1640000000.5%2C%22project_id%22%3A%22p%22%2C%22params%22%3A%7B%22conference_id%22%3A%22c%22%2C%22status%22%3A%22participant-join%22%2C%22call_id%22%3A%22a%22%2C%22muted%22%3Atrue%2C%22size%22%3A2%7D%7D=")]
    [InlineData("""{"event_type":"calling.conference","timestamp":1640000000.5,"project_id":"p","conference_id":"c","status":"participant-join","call_id":"a","muted":"true","size":"2"}""")]
    [InlineData("\uFEFF \n{\"event_type\":\"calling.conference\",\"timestamp\":\"1640000000.5\",\"project_id\":\"p\",\"params\":{\"conference_id\":\"c\",\"status\":\"participant-join\",\"call_id\":\"a\",\"muted\":true,\"size\":2.0}}")]
    public void However_an_event_is_encoded_it_is_the_same_event(string body)
    {
        ConferenceEvent e = Parse(body);

        Assert.Equal(
            new ConferenceEvent { Id = e.Id, ConferenceId = "c", Status = "participant-join", Time = 1_640_000_000_500_000, ProjectId = "p", CallId = "a", Muted = true, Size = 2 },
            e);
    }

    [Fact]
    public void A_form_with_the_names_of_cxml_is_read()
    {
        ConferenceEvent e = Parse(
            "AccountSid=p&ConferenceSid=c&FriendlyName=team+meeting&CallSid=a&StatusCallbackEvent=participant-mute&EventName=participant-mute&" +
            "Timestamp=Mon%2C+20+Dec+2021+11%3A33%3A20+%2B0000&Muted=true&Hold=false&StartConferenceOnEnter=true&EndConferenceOnExit=false&SequenceNumber=7");

        Assert.Equal(
            new ConferenceEvent
            {
                Id = e.Id,
                ConferenceId = "c",
                Status = "participant-mute",
                Time = 1_640_000_000_000_000,
                ProjectId = "p",
                CallId = "a",
                Name = "team meeting",
                Muted = true,
                Hold = false,
                StartOnJoin = true,
                EndOnLeave = false,
            },
            e);
    }

    [Fact]
    public void A_name_that_looks_like_json_does_not_hide_the_event_of_a_form()
    {
        ConferenceEvent e = Parse("ConferenceSid=c&StatusCallbackEvent=participant-join&CallSid=a&FriendlyName=%7B%22params%22%3A1%7D");

        Assert.Equal(("c", "{\"params\":1}"), (e.ConferenceId, e.Name));
    }

    [Theory]
    [InlineData("conference_id=c&status=participant-join&call_id=a&name={0}")]
    [InlineData("name={0}&params[conference_id]=c&params[status]=participant-join&params[call_id]=a")]
    [InlineData("params.name={0}&params.conference_id=c&params.status=participant-join&params.call_id=a")]
    public void Flat_fields_are_the_event_even_where_a_name_looks_like_another_one(string form)
    {
        const string Name = """{"params":{"conference_id":"other","status":"conference-end"}}""";

        ConferenceEvent e = Parse(form.Replace("{0}", Uri.EscapeDataString(Name), StringComparison.Ordinal));

        Assert.Equal(("c", "participant-join", "a", Name), (e.ConferenceId, e.Status, e.CallId, e.Name));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void Of_what_begins_like_a_document_the_first_few_are_tried(int before, bool read)
    {
        string form = string.Concat(Enumerable.Repeat("x={&", before)) + """payload={"params":{"conference_id":"c","status":"participant-join"}}""";

        Assert.Equal(read, CallbackParser.TryParse(Encoding.UTF8.GetBytes(form), CallbackKind.Conference, out _, out _));
    }

    [Theory]
    [InlineData("in-progress", "", "record-start")]
    [InlineData("completed", "&RecordingUrl=https%3A%2F%2Ffiles.signalwire.com%2Fr.wav&RecordingDuration=12", "record-stop")]
    [InlineData("completed", "", "record-absent")]
    [InlineData("absent", "", "record-absent")]
    public void A_recording_form_without_a_conference_is_read_and_its_status_is_the_event_that_it_means(string status, string more, string expected)
    {
        ConferenceEvent e = Parse($"AccountSid=p&CallSid=a&RecordingSid=r&RecordingStatus={status}{more}", CallbackKind.Recording);

        Assert.Equal((expected, "", "a"), (e.Status, e.ConferenceId, e.CallId));
        Assert.True(e.IsKnown);
    }

    [Theory]
    [InlineData("1640000000", 1_640_000_000_000_000)]
    [InlineData("1640000000.123", 1_640_000_000_123_000)]
    [InlineData("1640000000.123456789", 1_640_000_000_123_456)]
    [InlineData("1.640000000123e9", 1_640_000_000_123_000)]
    [InlineData("1640000000123", 1_640_000_000_123_000)]
    [InlineData("1640000000123456", 1_640_000_000_123_456)]
    [InlineData("\"1640000000.123\"", 1_640_000_000_123_000)]
    [InlineData("\"2021-12-20T11:33:20.123Z\"", 1_640_000_000_123_000)]
    [InlineData("\"2021-12-20T12:33:20+01:00\"", 1_640_000_000_000_000)]
    [InlineData("\"Mon, 20 Dec 2021 11:33:20 GMT\"", 1_640_000_000_000_000)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("12.5", 0)]
    [InlineData("946684799", 0)]
    [InlineData("946684800", 946_684_800_000_000)]
    [InlineData("\"1970-01-01T00:00:12Z\"", 0)]
    [InlineData("1e300", 0)]
    [InlineData("99999999999999999999", 0)]
    [InlineData("\"soon\"", 0)]
    [InlineData("\"12:30\"", 0)]
    [InlineData("\"11:33:20 GMT\"", 0)]
    [InlineData("\"May 5\"", 0)]
    [InlineData("\"5/6\"", 0)]
    [InlineData("null", 0)]
    [InlineData("{}", 0)]
    [InlineData("true", 0)]
    public void Times_are_read_in_every_form_and_what_is_no_time_is_none(string timestamp, long expected) =>
        Assert.Equal(expected, Parse($$$"""{"timestamp":{{{timestamp}}},"params":{"conference_id":"c","status":"x"}}""").Time);

    [Theory]
    [InlineData("", "The request is empty")]
    [InlineData(" \n ", "The request is empty")]
    [InlineData("{", "not valid JSON, or nested deeper than 64 levels: line 1")]
    [InlineData("[]", "not an object")]
    [InlineData("null", "neither a JSON object nor form fields")]
    [InlineData("just text", "neither a JSON object nor form fields")]
    [InlineData("{}", "no status")]
    [InlineData("""{"params":{"conference_id":"c"}}""", "no status")]
    [InlineData("""{"params":{"conference_id":"c","status":""}}""", "no status")]
    [InlineData("""{"params":{"conference_id":"c","status":["x"]}}""", "no status")]
    [InlineData("""{"params":{"status":"participant-join"}}""", "no conference")]
    [InlineData("""{"params":{"status":"participant-join","conference_id":""}}""", "no conference")]
    [InlineData("""{"params":{"status":"participant-join","conference_id":"\uD800"}}""", "not valid Unicode")]
    [InlineData("""{"params":{"status":"participant-join","conference_id":"c","unknown":["\uD800"]}}""", "not valid Unicode")]
    [InlineData("""{"\uDC00":1,"params":{"status":"participant-join","conference_id":"c"}}""", "not valid Unicode")]
    [InlineData("payload=%7B%22params%22%3A%7B%22status%22%3A%22participant-join%22%2C%22conference_id%22%3A%22c%22%2C%22unknown%22%3A%22%5CuD800%22%7D%7D", "not valid Unicode")]
    [InlineData("a=b", "no status")]
    public void What_is_no_event_is_told_with_what_to_change(string body, string fault)
    {
        Assert.Contains(fault, Fault(body), StringComparison.Ordinal);
        Assert.Contains(fault, Fault(body, CallbackKind.Recording), StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_never_quotes_the_body() =>
        Assert.DoesNotContain("secret", Fault("{\"secret\":secret}") + Fault("{secret"), StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_utf8_does_not_cost_the_event()
    {
        byte[] body = [.. "{\"params\":{\"conference_id\":\"c\",\"status\":\"conference-start\",\"name\":\""u8, 0xE4, .. "\"}}"u8];

        Assert.True(CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? callback, out _));
        Assert.Equal("\uFFFD", callback.Name);
    }

    [Fact]
    public void The_id_is_the_same_for_the_same_event_and_for_no_other()
    {
        string[] same =
        [
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"c","status":"x","call_id":"a","n":{"b":1,"a":2}}}""",
            """{ "params": { "n":{"a":2,"b":1}, "call_id":"a", "status":"x", "conference_id":"c" }, "project_id":"p", "timestamp":1.5, "event_channel":"other" }""",
        ];
        string[] others =
        [
            """{"timestamp":1.6,"project_id":"p","params":{"conference_id":"c","status":"x","call_id":"a","n":{"b":1,"a":2}}}""",
            """{"timestamp":1.5,"project_id":"q","params":{"conference_id":"c","status":"x","call_id":"a","n":{"b":1,"a":2}}}""",
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"d","status":"x","call_id":"a","n":{"b":1,"a":2}}}""",
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"c","status":"y","call_id":"a","n":{"b":1,"a":2}}}""",
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"c","status":"x","call_id":"b","n":{"b":1,"a":2}}}""",
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"c","status":"x","call_id":"a","n":{"b":1,"a":3}}}""",
            """{"timestamp":1.5,"project_id":"p","params":{"conference_id":"c","status":"x","call_id":"a","n":{"a:2,b":1}}}""",
        ];

        Assert.Single(same.Select(body => Parse(body).Id).Distinct());
        Assert.Equal(others.Length + 1, others.Append(same[0]).Select(body => Parse(body).Id).Distinct().Count());
    }

    [Fact]
    public void Whatever_the_bytes_are_nothing_is_thrown_and_what_is_read_can_be_read_again() => Seeded.Run(Seeded.Iterations(20_000, 200_000), random =>
    {
        byte[] body = CallbackMutations.Next(random);
        foreach (CallbackKind kind in (ReadOnlySpan<CallbackKind>)[CallbackKind.Conference, CallbackKind.Recording])
        {
            if (CallbackParser.TryParse(body, kind, out ConferenceEvent? callback, out string? fault))
            {
                var queued = new QueuedCallback(callback.Id, kind, "room", DateTimeOffset.UnixEpoch, body);
                CallbackMessage message = CallbackMessage.Read(CallbackMessage.Assemble(null, 0, [CallbackMessage.Encode(queued)]));
                Assert.True(CallbackParser.TryParse(Assert.Single(message.Callbacks).Body, kind, out ConferenceEvent? again, out _));
                Assert.Equal(callback, again);
            }
            else
            {
                Assert.NotEmpty(fault);
            }
        }
    });
}

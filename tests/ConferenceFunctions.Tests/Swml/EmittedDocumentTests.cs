using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using Microsoft.Extensions.Options;
using YamlDotNet.Serialization;

namespace ConferenceFunctions.Tests.Swml;

/// <summary>What goes out is what SignalWire takes, as JSON and, for another reader of YAML than ours, as YAML.</summary>
public class EmittedDocumentTests
{
    private const string Full = """
        name: team_meeting
        muted: true
        beep: onEnter
        start_on_enter: false
        end_on_exit: true
        wait_url: https://example.com/wait
        max_participants: 10
        record: record-from-start
        region: eu
        trim: do-not-trim
        coach: 0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69
        status_callback_event: start end join leave mute hold modify speaker announcement
        status_callback_event_type: cxml
        status_callback: https://example.com/events
        status_callback_method: GET
        recording_status_callback: https://example.com/recordings
        recording_status_callback_method: GET
        recording_status_callback_event: in-progress completed absent
        recording_status_callback_event_type: laml
        min_participants: 2
        emit_call_quality: true
        meta: {public: {yes: "no"}, private: [1, null]}
        video: true
        video_layout: grid
        video_preview: false
        video_quality: 1080p
        """;

    private const string Variables = """
        name: "%{vars.name}"
        muted: "%{vars.x}"
        beep: "%{vars.x}"
        start_on_enter: "${vars.x}"
        end_on_exit: "%{vars.x}"
        wait_url: "%{vars.x}"
        max_participants: "%{vars.x}"
        record: "%{vars.x}"
        region: "%{vars.x}"
        trim: "%{vars.x}"
        coach: "%{vars.x}"
        status_callback_event: "%{vars.x}"
        status_callback_event_type: "%{vars.x}"
        status_callback: "%{vars.x}"
        status_callback_method: "%{vars.x}"
        recording_status_callback: "%{vars.x}"
        recording_status_callback_method: "%{vars.x}"
        recording_status_callback_event: "%{vars.x}"
        recording_status_callback_event_type: "%{vars.x}"
        stream: "%{vars.x}"
        min_participants: "%{vars.x}"
        emit_call_quality: "%{vars.x}"
        meta: "%{vars.x}"
        video: "%{vars.x}"
        video_layout: "%{vars.x}"
        video_preview: "%{vars.x}"
        video_quality: "%{vars.x}"
        """;

    public static TheoryData<string> Joins() =>
    [
        "{name: team_meeting}",
        "team_meeting",
        "[team_meeting]",
        "\"%{vars.room}\"",
        Full,
        Variables,
        """{name: x, stream: {url: "wss://example.com/s", name: n, codec: PCMU, status_url: "https://example.com/s", status_url_method: GET, realtime: true, authorization_bearer_token: "1.0", custom_parameters: {a: "010"}}}""",
        """{name: x, result: {variable: join_conference_result, case: {completed: [hangup], answered: [hangup], no-answer: [hangup], failed: [{join_conference: other}], canceled: []}, default: [{play: {url: "say:Sorry."}}]}}""",
        """{name: x, result: [{when: "return_value == 'completed'", then: [hangup], else: [{join_conference: {name: other}}]}, {else: [hangup]}]}""",
    ];

    [Theory]
    [MemberData(nameof(Joins))]
    public void A_stored_document_goes_out_as_signalwire_takes_it(string join)
    {
        string indented = join.Replace("\n", "\n        ", StringComparison.Ordinal);
        SwmlObject document = SwmlText.Read(Encoding.UTF8.GetBytes($"sections:\n  main:\n    - join_conference:\n        {indented}\n"));
        Assert.Empty(SwmlValidator.Validate(document).Faults);

        AssertTaken(document);
    }

    [Theory]
    [InlineData(Seed.BasicJoin)]
    [InlineData(Seed.CustomSettings)]
    [InlineData(Seed.StatusCallbacks)]
    public void The_examples_of_the_reference_go_out_as_signalwire_takes_them(string yaml) => AssertTaken(SwmlText.Read(Encoding.UTF8.GetBytes(yaml)));

    public static TheoryData<string> Queries()
    {
        TheoryData<string> queries = [.. ImplicitDocument.RoleNames.Select(role => $"role={role}&coach=call-1"), ""];
        foreach (SwmlProperty property in JoinConferenceSchema.Properties.Where(property => property.IsScalar))
        {
            foreach (string value in Samples(property))
            {
                queries.Add($"{property.Name}={Uri.EscapeDataString(value)}");
            }
        }

        return queries;
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public void An_implicit_document_goes_out_as_signalwire_takes_it_whatever_is_set(string query)
    {
        Assert.True(ImplicitDocument.TryCreate("room", FormFields.Parse(query), "Sorry: not available.", out SwmlObject? document, out string? fault), fault);

        AssertTaken(document);
    }

    [Fact]
    public void Hold_music_goes_out_as_signalwire_takes_it() => AssertTaken(WaitDocument.Create(["https://example.com/a.mp3", "silence:2"]));

    [Fact]
    public void The_schema_is_closed()
    {
        Assert.NotEmpty(ClosedSchema.Errors("""{"sections":{"main":[{"join_conference":{"name":"x","mute":true}}]}}"""));
        Assert.NotEmpty(ClosedSchema.Errors("""{"sections":{"main":[{"join_conference":{"name":"x","beep":true}}]}}"""));
        Assert.NotEmpty(ClosedSchema.Errors("""{"sections":{"main":[{"join_conference":{"name":"x","result":[{"when":"x","then":[{"join_conference":{}}]}]}}]}}"""));
    }

    private static IEnumerable<string> Samples(SwmlProperty property) => property.Kind switch
    {
        SwmlPropertyKind.Boolean => ["true", "false"],
        SwmlPropertyKind.WholeNumber => [$"{property.Min}", $"{property.Max}"],
        SwmlPropertyKind.Word => property.Words!,
        SwmlPropertyKind.Words => [property.Words![0], string.Join(' ', property.Words)],
        SwmlPropertyKind.Url => ["https://user:secret@example.com/a%20b?c=d", "http://example.com"],
        _ when property.Name == "region" => JoinConferenceSchema.Regions,
        _ => ["010", "yes", "a: b #c", "%{call.from}"],
    };

    private static void AssertTaken(SwmlObject document)
    {
        var auth = new AuthOptions { CallbackSecret = "a-secret-of-more-than-thirty-two-characters" };
        var urls = new PublicUrls(
            Options.Create(new PublicUrlOptions { PublicBaseUrl = "https://rooms.example.com" }), new CapabilityTokens(Options.Create(auth)));
        SwmlObject served = new SwmlInstrumentation(urls).Instrument(document, "room", holdMusic: true);
        string json = Encoding.UTF8.GetString(SwmlText.WriteJson(served));
        object yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build()
            .Deserialize<object>(Encoding.UTF8.GetString(SwmlText.WriteYaml(served)));
        string fromYaml = new SerializerBuilder().JsonCompatible().Build().Serialize(yaml);

        Assert.Empty(ClosedSchema.Errors(json));
        Assert.Empty(ClosedSchema.Errors(fromYaml));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(fromYaml)), fromYaml);
        Assert.All(SwmlSteps.JoinsOf(served), join => Assert.NotNull(join.Body["status_callback"]));
    }
}

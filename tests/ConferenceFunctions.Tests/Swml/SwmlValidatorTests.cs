using System.Text;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Tests.Swml;

public class SwmlValidatorTests
{
    private static SwmlObject Read(string text) => SwmlText.Read(Encoding.UTF8.GetBytes(text));

    private static IReadOnlyList<SwmlFault> Faults(string text) => SwmlValidator.Validate(Read(text)).Faults;

    private static string Join(string properties) =>
        """{"version":"1.0.0","sections":{"main":[{"join_conference":{BODY}}]}}""".Replace("BODY", properties, StringComparison.Ordinal);

    [Theory]
    [InlineData(Seed.BasicJoin)]
    [InlineData(Seed.CustomSettings)]
    [InlineData(Seed.StatusCallbacks)]
    public void The_examples_of_the_reference_are_valid(string yaml)
    {
        (IReadOnlyList<SwmlFault> faults, IReadOnlyList<SwmlFault> warnings) = SwmlValidator.Validate(Read(yaml));

        Assert.Empty(faults);
        Assert.Empty(warnings);
    }

    public static TheoryData<string, string> Accepted() => new()
    {
        { "name", "\"team_meeting\"" }, { "name", "\"room-%{call.from}\"" }, { "name", "\"${vars.room}\"" }, { "name", "\"日本 / room #1\"" },
        { "muted", "true" }, { "muted", "false" }, { "muted", "\"%{vars.muted}\"" }, { "muted", "\"${vars.muted}\"" },
        { "beep", "\"true\"" }, { "beep", "\"false\"" }, { "beep", "\"onEnter\"" }, { "beep", "\"onExit\"" }, { "beep", "\"%{vars.beep}\"" },
        { "start_on_enter", "true" }, { "start_on_enter", "false" }, { "start_on_enter", "\"%{vars.x}\"" },
        { "end_on_exit", "true" }, { "end_on_exit", "false" }, { "end_on_exit", "\"%{vars.x}\"" },
        { "wait_url", "\"https://example.com/wait\"" }, { "wait_url", "\"http://example.com\"" }, { "wait_url", "\"%{vars.url}\"" }, { "wait_url", "\"https://example.com/%{call.from}\"" },
        { "max_participants", "2" }, { "max_participants", "100000" }, { "max_participants", "10" }, { "max_participants", "10.0" }, { "max_participants", "\"%{vars.max}\"" },
        { "record", "\"do-not-record\"" }, { "record", "\"record-from-start\"" }, { "record", "\"${vars.record}\"" },
        { "region", "\"us\"" }, { "region", "\"us-east\"" }, { "region", "\"%{vars.region}\"" },
        { "trim", "\"trim-silence\"" }, { "trim", "\"do-not-trim\"" }, { "trim", "\"%{vars.trim}\"" },
        { "coach", "\"0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69\"" }, { "coach", "\"%{vars.call}\"" },
        { "status_callback_event", "\"start\"" }, { "status_callback_event", "\"start end join leave mute hold modify speaker announcement\"" }, { "status_callback_event", "\"%{vars.events}\"" }, { "status_callback_event", "\"start end %{vars.more}\"" },
        { "status_callback_event_type", "\"relay\"" }, { "status_callback_event_type", "\"cxml\"" }, { "status_callback_event_type", "\"laml\"" }, { "status_callback_event_type", "\"%{vars.type}\"" },
        { "status_callback", "\"https://example.com/cb?x=1\"" }, { "status_callback", "\"%{vars.url}\"" },
        { "status_callback_method", "\"GET\"" }, { "status_callback_method", "\"POST\"" }, { "status_callback_method", "\"%{vars.method}\"" },
        { "recording_status_callback", "\"https://example.com/cb\"" },
        { "recording_status_callback_method", "\"GET\"" }, { "recording_status_callback_method", "\"POST\"" },
        { "recording_status_callback_event", "\"in-progress completed absent\"" }, { "recording_status_callback_event", "\"completed\"" }, { "recording_status_callback_event", "\"%{vars.events}\"" },
        { "recording_status_callback_event_type", "\"relay\"" }, { "recording_status_callback_event_type", "\"cxml\"" }, { "recording_status_callback_event_type", "\"laml\"" },
        { "stream", """{"url":"wss://example.com/s"}""" },
        { "stream", """{"url":"wss://example.com/s","name":"n","codec":"PCMU","status_url":"https://example.com/s","status_url_method":"GET","realtime":true,"authorization_bearer_token":"x","custom_parameters":{"a":"b"}}""" },
        { "stream", """{"url":"wss://example.com/s","realtime":"%{vars.x}"}""" }, { "stream", "\"%{vars.stream}\"" },
        { "stream", """{"url":"%{vars.url}","codec":"%{vars.x}","status_url_method":"%{vars.x}","custom_parameters":"%{vars.x}"}""" },
        { "stream", """{"url":"wss://example.com/s","custom_parameters":{"a":1,"b":[true]}}""" },
        { "min_participants", "1" }, { "min_participants", "100000" }, { "min_participants", "\"%{vars.min}\"" },
        { "emit_call_quality", "true" }, { "emit_call_quality", "\"%{vars.x}\"" },
        { "meta", """{"public":{"a":[1]},"private":"x"}""" }, { "meta", "{}" }, { "meta", "\"%{vars.meta}\"" },
        { "video", "true" }, { "video", "\"%{vars.x}\"" }, { "video_layout", "\"grid\"" }, { "video_layout", "\"%{vars.x}\"" },
        { "video_preview", "false" }, { "video_preview", "\"%{vars.x}\"" },
        { "video_quality", "\"720p\"" }, { "video_quality", "\"1080p\"" }, { "video_quality", "\"%{vars.x}\"" },
        { "result", """{"variable":"join_conference_result","case":{"completed":["hangup"]}}""" },
        { "result", """{"variable":"return_value","case":{},"default":[{"hangup":{}}]}""" },
        { "result", """[{"when":"return_value == 'completed'","then":["hangup"],"else":[{"play":{"url":"say:x"}}]},{"else":["hangup"]}]""" },
    };

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Every_property_takes_what_the_reference_says(string property, string value) =>
        Assert.Empty(Faults(Join(property == "name" ? $"\"name\":{value}" : $"\"name\":\"x\",\"{property}\":{value}")));

    public static TheoryData<string, string, string> Rejected() => new()
    {
        { "name", "\"\"", "empty" }, { "name", "\" \"", "empty" }, { "name", "5", "quotes" }, { "name", "null", "text" }, { "name", "{}", "text" },
        { "muted", "\"true\"", "leave the quotes out" }, { "muted", "1", "true or false" }, { "muted", "\"yes\"", "true or false" }, { "muted", "\"a %{x}\"", "true or false" }, { "muted", "\"%{x}\\n\"", "true or false" },
        { "beep", "true", "put true into quotes" }, { "beep", "\"onenter\"", "onEnter" }, { "beep", "\"a %{vars.x}\"", "one of: true, false, onEnter, onExit" },
        { "start_on_enter", "\"x\"", "true or false" }, { "end_on_exit", "0", "true or false" },
        { "wait_url", "\"/wait\"", "absolute URL" }, { "wait_url", "\"ftp://example.com\"", "https:// or http://" }, { "wait_url", "\"https://\"", "absolute URL" }, { "wait_url", "\"https://example.com/a b\"", "must be escaped" }, { "wait_url", "\"https://example.com/\\n\"", "must be escaped" }, { "wait_url", "\"https://example.com/{x}\"", "must be escaped" }, { "wait_url", "\"https://exa mple.com\"", "absolute URL" }, { "wait_url", "5", "absolute URL" },
        { "max_participants", "1", "from 2 to 100000" }, { "max_participants", "100001", "from 2 to 100000" }, { "max_participants", "2.5", "from 2 to 100000" },
        { "max_participants", "\"10\"", "whole number" }, { "max_participants", "1e400", "whole number" }, { "max_participants", "-5", "from 2 to 100000" },
        { "record", "\"yes\"", "record-from-start" }, { "record", "true", "do-not-record" },
        { "region", "\"\"", "empty" }, { "region", "5", "quotes" },
        { "trim", "\"trim\"", "trim-silence" },
        { "coach", "\"\"", "empty" }, { "coach", "true", "quotes" },
        { "status_callback_event", "\"\"", "empty" }, { "status_callback_event", "\"start stop\"", "'stop'" }, { "status_callback_event", "[\"start\"]", "one text" }, { "status_callback_event", "\"start,end\"", "'start,end'" },
        { "status_callback_event_type", "\"json\"", "relay, cxml, laml" },
        { "status_callback", "\"example.com\"", "absolute URL" }, { "status_callback", "\"wss://example.com\"", "https:// or http://" },
        { "status_callback_method", "\"post\"", "'POST'" }, { "status_callback_method", "\"PUT\"", "GET" },
        { "recording_status_callback", "\"\"", "absolute URL" },
        { "recording_status_callback_method", "\"DELETE\"", "POST" },
        { "recording_status_callback_event", "\"complete\"", "'completed'" },
        { "recording_status_callback_event_type", "\"form\"", "relay, cxml, laml" },
        { "stream", "{}", "'url' is missing" }, { "stream", "\"wss://x\"", "an object with: url" }, { "stream", """{"url":"https://example.com"}""", "wss://" },
        { "stream", """{"url":"wss://x","custom_parameters":"a"}""", "an object" },
        { "min_participants", "0", "from 1 to 100000" }, { "min_participants", "100001", "from 1 to 100000" }, { "min_participants", "\"2\"", "whole number" },
        { "emit_call_quality", "\"true\"", "leave the quotes out" }, { "meta", "[]", "an object" }, { "meta", "\"x\"", "an object" },
        { "video", "1", "true or false" }, { "video_layout", "5", "quotes" }, { "video_preview", "\"no\"", "true or false" }, { "video_quality", "\"480p\"", "one of: 720p, 1080p" },
        { "stream", """{"url":"wss://x","nam":"n"}""", "Did you mean 'name'?" },
        { "result", "\"hangup\"", "the body of a switch" }, { "result", """{"switch":{"variable":"x","case":{}}}""", "without 'switch:'" },
        { "result", """{"case":{}}""", "'variable' is missing" }, { "result", """{"variable":"x"}""", "'case' is missing" },
        { "result", """{"variable":"x","case":{"a":"hangup"}}""", "array of steps" }, { "result", """{"variable":"x","case":{},"defaults":[]}""", "Did you mean 'default'?" },
        { "result", """[{"then":["hangup"]}]""", "'when' is missing" }, { "result", """[{"when":"x"}]""", "'then' is missing" }, { "result", "[5]", "no condition" },
        { "result", """[{"when":"x","then":["hangup"],"otherwise":[]}]""", "'otherwise' is unknown" },
        { "result", """{"variable":"x","case":{"a":[{"join_conference":{}}]}}""", "'name' is missing" },
        { "mutted", "true", "Did you mean 'muted'?" }, { "video_qualty", "\"720p\"", "Did you mean 'video_quality'?" }, { "waitUrl", "\"https://x\"", "Did you mean 'wait_url'?" }, { "zzzzzzzzz", "1", "is unknown" },
    };

    [Theory]
    [MemberData(nameof(Rejected))]
    public void What_a_property_does_not_take_is_told_with_what_it_takes(string property, string value, string message)
    {
        SwmlFault fault = Assert.Single(Faults(Join(property == "name" ? $"\"name\":{value}" : $"\"name\":\"x\",\"{property}\":{value}")));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.StartsWith("sections.main[0].join_conference." + property, fault.Path, StringComparison.Ordinal);
        Assert.Equal(1, fault.Line);
        Assert.InRange(fault.Column, 60, 300);
    }

    [Fact]
    public void The_table_has_an_accepted_and_a_rejected_value_for_every_property()
    {
        foreach (SwmlProperty property in JoinConferenceSchema.Properties)
        {
            Assert.Contains(Accepted(), row => row.Data.Item1 == property.Name);
            Assert.Contains(Rejected(), row => row.Data.Item1 == property.Name);
        }
    }

    [Fact]
    public void All_faults_are_collected_each_with_path_line_column_value_and_what_is_allowed()
    {
        IReadOnlyList<SwmlFault> faults = Faults("""
            version: 2
            sections:
              main:
                - join_conference:
                    muted: "yes"
                    beep: loud
                    max_participants: 1
                    mutd: true
                - play: {url: "say:hi"}
                  hangup: {}
                - 5
            """);

        Assert.Equal(
            [
                ("version", 1, 10), ("sections.main[0].join_conference", 5, 9), ("sections.main[0].join_conference.muted", 5, 16),
                ("sections.main[0].join_conference.beep", 6, 15), ("sections.main[0].join_conference.max_participants", 7, 27),
                ("sections.main[0].join_conference.mutd", 8, 9), ("sections.main[1]", 9, 7), ("sections.main[2]", 11, 7),
            ],
            faults.Select(fault => (fault.Path, fault.Line, fault.Column)));
        SwmlFault beep = faults[3];
        Assert.Equal("\"loud\"", beep.Value);
        Assert.Equal("one of: true, false, onEnter, onExit, or a variable such as %{vars.x}", beep.Allowed);
    }

    [Theory]
    [InlineData("""{"sections":{"main":["hangup"]}}""")]
    [InlineData("""{"version":"1.0.0","sections":{"main":["answer",{"play":{"urls":["say:a"],"volume":-40}},{"label":"x"},{"goto":{"label":"x","max":3}},{"hangup":null}]}}""")]
    [InlineData("""{"sections":{"main":[{"execute":{"dest":"other"}}],"other":[{"return":5}]}}""")]
    [InlineData("""{"sections":{"main":[{"set":{"join_conference":"x","main":[1,2]}},"hangup"]}}""")]
    [InlineData("""{"sections":{"main":[{"set":{"join_conference":{"beep":"loud"},"list":[{"join_conference":{}}]}},"hangup"]}}""")]
    [InlineData("""{"sections":{"main":[{"request":{"url":"https://x","method":"POST","body":{"join_conference":{}}}}]}}""")]
    [InlineData("""{"sections":{"main":[{"user_event":{"event":{"join_conference":{}}}}]}}""")]
    [InlineData("""{"sections":{"main":[{"ai":{"SWAIG":{"functions":[{"function":"x","parameters":{"properties":{"join_conference":{"type":"string"}}}}]}}}]}}""")]
    [InlineData("""{"sections":{"main":[{"execute":{"dest":"join_conference","params":{"join_conference":{}}}}],"join_conference":["hangup"],"set":["hangup"]}}""")]
    [InlineData("""{"sections":{"main":[{"switch":{"variable":"x","case":{"join_conference":["hangup"],"set":["hangup"]}}}]}}""")]
    [InlineData("""{"sections":{"main":[{"switch":{"variable":"x","case":{"a b":["hangup"]},"default":{"code":["hangup"],"meta":{}}}}]}}""")]
    public void Other_methods_are_passed_through(string json) => Assert.Empty(Faults(json));

    [Theory]
    [InlineData("""{"version":"1.0.0"}""", "'sections' is missing")]
    [InlineData("""{"sections":[]}""", "'sections' is no object")]
    [InlineData("""{"sections":{}}""", "'main' is missing")]
    [InlineData("""{"sections":{"main":{}}}""", "list of steps")]
    [InlineData("""{"sections":{"main":[{}]}}""", "The step is empty")]
    [InlineData("""{"sections":{"main":[{"answer":{},"hangup":{}}]}}""", "more than one method")]
    [InlineData("""{"sections":{"main":[null]}}""", "no step")]
    [InlineData("""{"sections":{"main":["hang up"]}}""", "no step")]
    [InlineData("""{"sections":{"main":[{"join_conference":""}]}}""", "'name' is empty")]
    [InlineData("""{"sections":{"main":[{"join_conference":[]}]}}""", "takes an object")]
    [InlineData("""{"sections":{"main":[{"join_conference":["a","b"]}]}}""", "takes an object")]
    [InlineData("""{"sections":{"main":[{"join_conference":5}]}}""", "takes an object")]
    [InlineData("""{"sections":{"main":["join_conference"]}}""", "'name' is missing")]
    [InlineData("""{"version":"2.0.0","sections":{"main":["hangup"]}}""", "'version' is not supported")]
    [InlineData("""{"sections":{"main":["hangup"]},"section":{}}""", "Did you mean 'sections'?")]
    public void The_structure_is_checked(string json, string message) => Assert.Contains(message, Assert.Single(Faults(json)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"switch":{"variable":"x","case":{"a":[JOIN]}}}""", "sections.main[0].switch.case.a[0]")]
    [InlineData("""{"switch":{"variable":"x","case":{},"default":[JOIN]}}""", "sections.main[0].switch.default[0]")]
    [InlineData("""{"switch":{"variable":"x","case":{},"default":{"code":[JOIN]}}}""", "sections.main[0].switch.default.code[0]")]
    [InlineData("""{"cond":[{"when":"x","then":[JOIN]}]}""", "sections.main[0].cond[0].then[0]")]
    [InlineData("""{"cond":[{"when":"x","then":[],"else":[JOIN]}]}""", "sections.main[0].cond[0].else[0]")]
    [InlineData("""{"connect":{"to":"x","result":{"case":{"a":[JOIN]}}}}""", "sections.main[0].connect.result.case.a[0]")]
    [InlineData("""{"connect":{"to":"x","confirm":[JOIN]}}""", "sections.main[0].connect.confirm[0]")]
    [InlineData("""{"execute":{"dest":"x","on_return":[JOIN]}}""", "sections.main[0].execute.on_return[0]")]
    [InlineData("""{"execute":{"dest":"x","result":[{"when":"x","then":[JOIN]}]}}""", "sections.main[0].execute.result[0].then[0]")]
    [InlineData("""{"request":{"url":"https://x","method":"GET","result":{"switch":{"case":{"a":[JOIN]}}}}}""", "sections.main[0].request.result.switch.case.a[0]")]
    [InlineData("""{"switch":{"variable":"x","case":{"a":JOIN}}}""", "sections.main[0].switch.case.a")]
    [InlineData("""{"switch":{"variable":"x","case":{"set":[JOIN],"body":["hangup",JOIN]}}}""", "sections.main[0].switch.case.set[0]", "sections.main[0].switch.case.body[1]")]
    [InlineData("""{"cond":[{"when":"x","then":JOIN}]}""", "sections.main[0].cond[0].then")]
    [InlineData("""{"execute":{"dest":"x","on_return":JOIN}}""", "sections.main[0].execute.on_return")]
    [InlineData("""{"connect":{"to":"x","confirm":{"swml":JOIN}}}""", "sections.main[0].connect.confirm.swml")]
    [InlineData("""{"if":{"condition":"x","then":[JOIN],"else":{"code":[JOIN]}}}""", "sections.main[0].if.then[0]", "sections.main[0].if.else.code[0]")]
    [InlineData("""{"execute":{"dest":"x","join_conference":{"name":"x","beep":"loud"}}}""", "sections.main[0].execute")]
    [InlineData("""{"unheard_of":[{"label":"a","join_conference":{"name":"x","beep":"loud"}}]}""", "sections.main[0].unheard_of[0]")]
    [InlineData("""{"join_conference":{"name":"x","result":{"variable":"x","case":{"a":[JOIN]}}}}""", "sections.main[0].join_conference.result.case.a[0]")]
    [InlineData("""{"ai":{"SWAIG":{"functions":[{"data_map":{"output":{"action":[{"SWML":{"sections":{"main":[JOIN]}}}]}}}]}}}""", "sections.main[0].ai.SWAIG.functions[0].data_map.output.action[0].SWML.sections.main[0]")]
    public void A_join_is_checked_wherever_it_is_nested(string step, params string[] paths)
    {
        string json = """{"sections":{"main":[STEP]}}"""
            .Replace("STEP", step, StringComparison.Ordinal)
            .Replace("JOIN", """{"join_conference":{"name":"x","beep":"loud"}}""", StringComparison.Ordinal);

        Assert.Equal(paths.Select(path => path + ".join_conference.beep"), Faults(json).Select(fault => fault.Path));
    }

    [Theory]
    [InlineData("\"room\"")]
    [InlineData("\"%{vars.room}\"")]
    [InlineData("[\"room\"]")]
    public void The_short_form_names_the_conference(string body)
    {
        SwmlObject document = Read("""{"sections":{"main":[{"join_conference":BODY},{"unheard_of":[{"join_conference":BODY}]}]}}""".Replace("BODY", body, StringComparison.Ordinal));

        Assert.Empty(SwmlValidator.Validate(document).Faults);
        Assert.Equal(
            ["sections.main[0].join_conference", "sections.main[1].unheard_of[0].join_conference"],
            SwmlSteps.JoinsOf(document).Select(join => join.Path));
        Assert.All(SwmlSteps.JoinsOf(document), join => Assert.Equal(body.Trim('[', ']', '"'), JoinConference.From(join.Body).Name));
    }

    [Fact]
    public void A_document_that_does_nothing_is_a_warning()
    {
        (IReadOnlyList<SwmlFault> faults, IReadOnlyList<SwmlFault> warnings) = SwmlValidator.Validate(Read("""{"sections":{"main":[]}}"""));

        Assert.Empty(faults);
        Assert.Contains("no step", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_method_is_a_warning()
    {
        (IReadOnlyList<SwmlFault> faults, IReadOnlyList<SwmlFault> warnings) = SwmlValidator.Validate(Read("""{"sections":{"main":[{"plaay":{"url":"say:x"}}]}}"""));

        Assert.Empty(faults);
        Assert.Contains("Did you mean 'play'?", Assert.Single(warnings).Message, StringComparison.Ordinal);
    }
}

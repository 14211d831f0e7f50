using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.SignalWire;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Swml;

public class ImplicitDocumentTests
{
    private const string CallId = "0f1c8d6a-3c1e-4f5b-9a40-1f2d3c4b5a69";

    private static string Join(string query)
    {
        Assert.True(ImplicitDocument.TryCreate("room", FormFields.Parse(query), "Sorry.", out SwmlObject? document, out string? fault), fault);
        Assert.Empty(SwmlValidator.Validate(document).Faults);
        return Encoding.UTF8.GetString(SwmlText.WriteJson(Assert.Single(SwmlSteps.JoinsOf(document)).Body));
    }

    private static string Fault(string query)
    {
        Assert.False(ImplicitDocument.TryCreate("room", FormFields.Parse(query), "Sorry.", out _, out string? fault));
        return fault;
    }

    [Fact]
    public void It_joins_the_conference_of_its_name_and_tells_who_could_not_be_joined()
    {
        Assert.True(ImplicitDocument.TryCreate("room", [], "Sorry.", out SwmlObject? document, out _));

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"version":"1.0.0","sections":{"main":[
                  {"join_conference":{"name":"room"}},
                  {"switch":{"variable":"join_conference_result",
                    "case":{"completed":[{"hangup":{}}],"answered":[{"hangup":{}}]},
                    "default":[{"play":{"url":"say:Sorry."}},{"hangup":{}}]}}]}}
                """),
            JsonNode.Parse(SwmlText.WriteJson(document))));
    }

    [Theory]
    [InlineData("role=moderator", """{"name":"room","end_on_exit":true}""")]
    [InlineData("role=participant", """{"name":"room","start_on_enter":false}""")]
    [InlineData("role=listener", """{"name":"room","muted":true,"beep":"false","start_on_enter":false}""")]
    [InlineData("role=coach&coach=" + CallId, "{\"name\":\"room\",\"coach\":\"" + CallId + "\"}")]
    [InlineData("role=participant&start_on_enter=true", """{"name":"room"}""")]
    [InlineData("start_on_enter=true&role=participant", """{"name":"room"}""")]
    [InlineData("name=Team+A%26B", """{"name":"Team A&B"}""")]
    [InlineData("muted=true&beep=onExit&max_participants=7&record=record-from-start&region=eu&trim=do-not-trim", """{"name":"room","muted":true,"beep":"onExit","max_participants":7,"record":"record-from-start","region":"eu","trim":"do-not-trim"}""")]
    [InlineData("wait_url=https%3A%2F%2Fexample.com%2Fw&status_callback=https%3A%2F%2Fexample.com%2Fc&status_callback_event=start+end&status_callback_method=GET&status_callback_event_type=cxml",
        """{"name":"room","wait_url":"https://example.com/w","status_callback_event":"start end","status_callback_event_type":"cxml","status_callback":"https://example.com/c","status_callback_method":"GET"}""")]
    [InlineData("video=true&video_quality=1080p&emit_call_quality=false&min_participants=2", """{"name":"room","min_participants":2,"emit_call_quality":false,"video":true,"video_quality":"1080p"}""")]
    [InlineData("muted=false&start_on_enter=true&max_participants=100000&beep=true", """{"name":"room"}""")]
    public void Roles_and_parameters_set_properties_and_defaults_are_left_out(string query, string join) => Assert.Equal(join, Join(query));

    [Theory]
    [InlineData("role=modrator", "The role 'modrator' is unknown. Did you mean 'moderator'? There are: moderator, participant, listener, coach.")]
    [InlineData("rol=moderator", "The parameter 'rol' is unknown. Did you mean 'role'?")]
    [InlineData("mute=true", "The parameter 'mute' is unknown. Did you mean 'muted'?")]
    [InlineData("result=x", "The parameter 'result' is unknown.")]
    [InlineData("stream=x", "The parameter 'stream' is unknown.")]
    [InlineData("muted=yes", "The parameter 'muted' does not take 'yes'. It takes true or false.")]
    [InlineData("muted=%25%7Bvars.x%7D", "It takes true or false.")]
    [InlineData("max_participants=1", "It takes a whole number from 2 to 100000.")]
    [InlineData("max_participants=1e1", "It takes a whole number from 2 to 100000.")]
    [InlineData("beep=on", "It takes one of: true, false, onEnter, onExit.")]
    [InlineData("wait_url=example.com", "It takes an absolute URL that begins with https:// or http://.")]
    [InlineData("wait_url=%25%7Bvars.x%7D", "It takes an absolute URL")]
    [InlineData("wait_url=https%3A%2F%2Fexample.com%2Fa+b", "The parameter 'wait_url' does not take 'https://example.com/a b'. It takes an absolute URL")]
    [InlineData("status_callback=https%3A%2F%2Fexample.com%2F%25%7Bcall.from%7D", "The parameter 'status_callback' does not take")]
    [InlineData("region=us-east", "The parameter 'region' does not take 'us-east'. It takes one of: global, us, eu, ch.")]
    [InlineData("region=", "It takes one of: global, us, eu, ch.")]
    [InlineData("meta=x", "The parameter 'meta' is unknown.")]
    [InlineData("min_participants=0", "It takes a whole number from 1 to 100000.")]
    [InlineData("video_quality=4k", "It takes one of: 720p, 1080p.")]
    [InlineData("name=", "The parameter 'name' does not take ''.")]
    [InlineData("role=coach", "The role 'coach' needs the parameter 'coach'")]
    [InlineData("muted=true&muted=false", "The parameter 'muted' is there twice.")]
    [InlineData("role=listener&role=moderator", "The parameter 'role' is there twice.")]
    public void What_is_wrong_with_parameters_is_told_with_what_they_take(string query, string fault) => Assert.Contains(fault, Fault(query), StringComparison.Ordinal);

    [Theory]
    [InlineData("%{call.from}", "%call.from}")]
    [InlineData("${call.from}", "$call.from}")]
    [InlineData("%{{{x}", "%x}")]
    [InlineData("%%{{x}", "%%x}")]
    [InlineData("$%{x}", "$%x}")]
    [InlineData("100% {sure}", "100% {sure}")]
    [InlineData("{a}", "{a}")]
    public void Text_from_outside_can_not_name_a_variable(string given, string name) =>
        Assert.Equal(name, JsonNode.Parse(Join("name=" + Uri.EscapeDataString(given)))!["name"]!.GetValue<string>());

    [Fact]
    public void No_text_from_outside_ever_contains_a_variable() => Seeded.Run(Seeded.Iterations(5_000, 50_000), random =>
    {
        string text = new([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Pick('%', '$', '{', '}', 'x'))]);

        Assert.DoesNotContain("%{", Join("name=x" + Uri.EscapeDataString(text)), StringComparison.Ordinal);
        Assert.DoesNotContain("${", Join("name=x" + Uri.EscapeDataString(text)), StringComparison.Ordinal);
    });
}

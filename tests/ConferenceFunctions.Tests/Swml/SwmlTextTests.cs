using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Tests.Swml;

public class SwmlTextTests
{
    private static SwmlObject Read(string text) => SwmlText.Read(Encoding.UTF8.GetBytes(text));

    private static string Json(SwmlNode node) => Encoding.UTF8.GetString(SwmlText.WriteJson((SwmlObject)node));

    private static string Yaml(SwmlObject node) => Encoding.UTF8.GetString(SwmlText.WriteYaml(node));

    private static SwmlFault Fault(string text) => Assert.Single(Assert.Throws<SwmlFormatException>(() => Read(text)).Faults);

    [Theory]
    [InlineData("+15551234567")]
    [InlineData("010")]
    [InlineData("1_000")]
    [InlineData("1.0.0")]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("0x1F")]
    [InlineData("0o17")]
    [InlineData("1:30")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("+5")]
    [InlineData(".inf")]
    [InlineData("2026-01-01")]
    [InlineData("=")]
    [InlineData("<<")]
    public void A_plain_scalar_that_is_no_json_number_stays_text(string scalar)
    {
        var value = Assert.IsType<SwmlScalar>(Read($"a: {scalar}")["a"]);

        Assert.Equal(SwmlScalarKind.Text, value.Kind);
        Assert.Equal(scalar, value.Text);
    }

    [Theory]
    [InlineData("0", SwmlScalarKind.Number)]
    [InlineData("-1.50e+3", SwmlScalarKind.Number)]
    [InlineData("1e3", SwmlScalarKind.Number)]
    [InlineData("1E-3", SwmlScalarKind.Number)]
    [InlineData("1.0", SwmlScalarKind.Number)]
    [InlineData("1.e3", SwmlScalarKind.Text)]
    [InlineData("1e", SwmlScalarKind.Text)]
    [InlineData("123456789012345678901234567890", SwmlScalarKind.Number)]
    [InlineData("true", SwmlScalarKind.Boolean)]
    [InlineData("False", SwmlScalarKind.Boolean)]
    [InlineData("null", SwmlScalarKind.Null)]
    [InlineData("~", SwmlScalarKind.Null)]
    [InlineData("", SwmlScalarKind.Null)]
    [InlineData("\"5\"", SwmlScalarKind.Text)]
    [InlineData("'true'", SwmlScalarKind.Text)]
    [InlineData("\"null\"", SwmlScalarKind.Text)]
    public void Plain_numbers_booleans_and_nulls_are_what_they_are_and_quoted_ones_text(string scalar, SwmlScalarKind kind) =>
        Assert.Equal(kind, Assert.IsType<SwmlScalar>(Read($"a: {scalar}")["a"]).Kind);

    [Theory]
    [InlineData("""{"a":1.50,"b":[1e5,-0,"x"],"c":{},"d":[],"e":null,"f":true,"g":"$ % { } \" \\ \n \u0001 \u2028 ä 😀"}""")]
    [InlineData("""{"a":"yes","b":"~","c":"","d":" x ","e":"a: b","f":"a #b","g":"- x","h":"1.0.0","i":"2026-01-01","j":"\t","k":"&a","l":"*a","m":"!t","n":"null","o":"0x1F","p":"1_000","q":"a\nb\n","r":"\u0085\u00a0"}""")]
    [InlineData("""{"":"empty name","a b":"blank","yes":"word","1":"digit","a: b":1,"#":2,"\n":3}""")]
    public void What_is_read_from_json_and_written_as_yaml_and_read_again_is_the_same(string json)
    {
        SwmlObject once = Read(json);
        SwmlObject twice = Read(Yaml(once));

        Assert.Equal(Json(once), Json(twice));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(Json(twice))));
    }

    [Fact]
    public void Long_text_is_neither_folded_nor_cut()
    {
        string text = string.Join(' ', Enumerable.Repeat("Please wait.", 1000));
        SwmlObject document = SwmlObject.Of("say", SwmlScalar.Of(text));

        Assert.Equal(text, ((SwmlScalar)Read(Yaml(document))["say"]!).Text);
    }

    [Fact]
    public void Numbers_keep_their_digits() =>
        Assert.Equal("""{"a":1.50,"b":100000000000000000000000000001}""", Json(Read("{a: 1.50, b: 100000000000000000000000000001}")));

    [Fact]
    public void Numbers_keep_their_text_through_yaml()
    {
        const string Numbers = """{"a":1.0,"b":1e3,"c":-0,"d":1E-05,"e":0.10}""";

        Assert.Equal(Numbers, Json(Read(Yaml(Read(Numbers)))));
    }

    [Fact]
    public void A_yaml_flow_mapping_is_no_json_and_read_all_the_same() =>
        Assert.Equal("""{"version":"1.0.0","sections":{"main":["hangup"]}}""", Json(Read("{version: 1.0.0, sections: {main: [hangup]}}")));

    [Theory]
    [InlineData("{\"a\":1}", true)]
    [InlineData("\uFEFF\n {\"a\":1}", true)]
    [InlineData("{a: 1}", false)]
    [InlineData("{\"a\":1,}", false)]
    [InlineData("{\"a\":1, # comment\n}", false)]
    [InlineData("a: 1", false)]
    public void Json_is_told_from_yaml_that_begins_like_it(string text, bool json) => Assert.Equal(json, SwmlText.IsJson(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Aliases_repeat_what_they_stand_for() =>
        Assert.Equal("""{"a":{"x":1},"b":{"x":1}}""", Json(Read("a: &x {x: 1}\nb: *x")));

    [Fact]
    public void Aliases_can_not_stand_for_millions()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 20; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("more than", Fault(bomb.ToString()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_can_not_stand_for_megabytes()
    {
        string bomb = $"a: &a \"{new string('x', 30_000)}\"\nb: [*a, *a, *a]";

        Assert.Contains("aliases", Fault(bomb).Message, StringComparison.Ordinal);
        Assert.Contains("aliases", Fault($"a: &a {{{new string('x', 30_000)}: 1}}\nb: [*a, *a, *a]").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_can_not_nest_deeper_than_anything_else()
    {
        string[] nested = [.. Enumerable.Range(0, 100).Select(i => $"a{i}: &a{i} {Nested(20, i == 0 ? "1" : $"*a{i - 1}")}")];

        Assert.Contains("nested more than 60 deep", Fault(string.Join('\n', nested)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(58, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Json_and_yaml_may_be_nested_just_as_deep(int depth, bool allowed)
    {
        string nested = Nested(depth, "1");
        foreach (string text in new[] { $"{{\"a\":{nested}}}", $"a: {nested}", $"x: &x {Nested(30, "1")}\na: {Nested(depth - 30, "*x")}" })
        {
            Assert.Equal(allowed, Record.Exception(() => Read(text)) is null);
        }
    }

    [Theory]
    [InlineData("a: 1\0\nb: 2")]
    [InlineData("a: 1\n\0")]
    [InlineData("{\"a\":1}\0")]
    [InlineData("a: \"x\0\"")]
    public void A_nul_character_is_refused_and_does_not_end_the_text(string text) => Assert.Contains("NUL", Fault(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a: &x [*x]", "no complete value")]
    [InlineData("a: *nowhere", "*nowhere")]
    [InlineData("a: !!python/object:os.system x", "tags")]
    [InlineData("a: !custom x", "tags")]
    [InlineData("a: 1\na: 2", "'a' is there twice")]
    [InlineData("{\"a\":1,\"a\":2}", "'a' is there twice")]
    [InlineData("? [x]\n: 1", "A name is expected")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x", "merge keys")]
    [InlineData("a: 1\n---\nb: 2", "more than one")]
    [InlineData("a: [1", "Not valid YAML")]
    [InlineData("a: \"\\uD800\"", "Unicode")]
    [InlineData("{\"a\":\"\\uD800\"}", "Unicode")]
    [InlineData("{\"a\":1]", "Not valid JSON")]
    [InlineData("[1]", "is an object")]
    [InlineData("just text", "is an object")]
    [InlineData("", "empty")]
    [InlineData(" \n\t ", "empty")]
    [InlineData("# only a comment", "empty")]
    public void What_can_not_be_read_is_told_in_one_fault(string text, string message) => Assert.Contains(message, Fault(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Faults_have_line_and_column()
    {
        Assert.Equal((3, 6), (Fault("a:\n  b: 1\n  c: !t x").Line, Fault("a:\n  b: 1\n  c: !t x").Column));
        Assert.Equal((2, 2), (Fault("{\"a\":1,\n \"a\":2}").Line, Fault("{\"a\":1,\n \"a\":2}").Column));
        Assert.Equal(2, Fault("{\"a\":\n]").Line);
    }

    [Fact]
    public void Every_node_has_its_place_in_json_too()
    {
        SwmlObject document = Read("{\"ä😀\": [1, \"日本\", {}],\n\n \"b\":\t{\"c\": null, \"d\":\n[true]}}");

        Assert.Equal(
            ["ä😀 1:2", "1:9", "1:10", "1:13", "1:19", "b 3:2", "3:7", "c 3:8", "3:13", "d 3:19", "4:1", "4:2"],
            Places(document));
    }

    [Theory]
    [InlineData("{", "}", "\"a\":")]
    [InlineData("[", "]", "")]
    public void A_document_nested_too_deep_is_refused_not_crashed_upon(string open, string close, string name)
    {
        string nested = string.Concat(Enumerable.Repeat(open + name, 5000)) + "1" + string.Concat(Enumerable.Repeat(close, 5000));

        Assert.Throws<SwmlFormatException>(() => Read("{\"a\":" + nested + "}"));
        Assert.Throws<SwmlFormatException>(() => Read("a: " + nested));
    }

    [Theory]
    [InlineData("{\"a\":1}", null)]
    [InlineData("a: 1", null)]
    [InlineData("{\"a\":tru}", "Not valid JSON")]
    [InlineData("{\"a\":1,}", "Not valid JSON")]
    public void Text_that_begins_like_json_and_is_none_says_why(string text, string? message) =>
        Assert.StartsWith(message ?? "", SwmlText.WhyNotJson(Encoding.UTF8.GetBytes(text))?.Message ?? "", StringComparison.Ordinal);

    [Fact]
    public void A_document_that_is_too_large_is_refused() =>
        Assert.Contains("64,000", Fault("a: " + new string('x', 64_000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_utf8_is_refused() =>
        Assert.Contains("UTF-8", Assert.Throws<SwmlFormatException>(() => SwmlText.Read([(byte)'a', (byte)':', 0xC3, 0x28])).Message, StringComparison.Ordinal);

    private static string Nested(int depth, string inner) => new string('[', depth) + inner + new string(']', depth);

    private static IEnumerable<string> Places(SwmlNode node) => node switch
    {
        SwmlObject map => map.Members.SelectMany(member =>
            new[] { $"{member.Name} {member.Line}:{member.Column}", $"{member.Value.Line}:{member.Value.Column}" }.Concat(Places(member.Value))),
        SwmlArray array => array.Items.SelectMany(item => new[] { $"{item.Line}:{item.Column}" }.Concat(Places(item))),
        _ => [],
    };

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Equal("""{"a":1}""", Json(SwmlText.Read("\uFEFFa: 1"u8)));
}

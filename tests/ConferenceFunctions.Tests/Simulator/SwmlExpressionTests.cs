using System.Text.Json.Nodes;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Tests.Simulator;

public class SwmlExpressionTests
{
    private static readonly KeyValuePair<string, JsonNode?>[] Variables = [new("vars", new JsonObject { ["n"] = 3, ["s"] = "é\u2028" })];

    [Theory]
    [InlineData("vars.n * 2", "6")]
    [InlineData("vars.s", "\"é\u2028\"")]
    [InlineData("vars.n > 2 && 'a' !== 'b'", "true")]
    [InlineData("[1, vars.n]", "[1,3]")]
    public void Expressions_are_JavaScript(string expression, string value)
    {
        JsonNode? result = SwmlExpression.Evaluate(expression, Variables, out string? fault);

        Assert.Null(fault);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(value), result));
    }

    [Theory]
    [InlineData("vars.missing")]
    [InlineData("null")]
    [InlineData("() => 1")]
    public void What_is_no_value_is_none(string expression)
    {
        Assert.Null(SwmlExpression.Evaluate(expression, Variables, out string? fault));
        Assert.Null(fault);
    }

    [Theory]
    [InlineData("vars.n +")]
    [InlineData("1); while (true) {} (1")]
    [InlineData("nothing")]
    [InlineData("(() => { while (true) {} })()")]
    [InlineData("(function f() { return f(); })()")]
    [InlineData("'x'.repeat(1000000)")]
    [InlineData("Array.from({ length: 1000000 }, () => 'x'.repeat(1000))")]
    [InlineData("/(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')")]
    [InlineData("System.IO.File.ReadAllText('/etc/passwd')")]
    [InlineData("[].constructor.constructor('while (true) {}')()")]
    [InlineData("(() => { const a = {}; a.a = a; return a; })()")]
    public void What_is_wrong_or_never_ends_is_stopped(string expression)
    {
        Assert.Null(SwmlExpression.Evaluate(expression, Variables, out string? fault));
        Assert.NotNull(fault);
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"x\"", true)]
    [InlineData("{}", true)]
    [InlineData("[]", true)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("\"\"", false)]
    [InlineData("null", false)]
    public void Truth_is_JavaScripts(string json, bool truth) => Assert.Equal(truth, SwmlExpression.IsTrue(JsonNode.Parse(json)));
}

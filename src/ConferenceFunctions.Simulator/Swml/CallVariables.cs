using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>
/// The variables of a call: <c>call</c>, <c>vars</c>, <c>envs</c>, <c>params</c>. What is in <c>vars</c> is known by its bare name, too.
/// </summary>
internal sealed partial class CallVariables
{
    private readonly JsonObject _call;
    private readonly JsonObject _envs = [];
    private JsonObject _vars = [];

    /// <summary>The variables of a call, as they are before its first step.</summary>
    public CallVariables(SimulatedCall call) => _call = DescribeCall(call);

    /// <summary><c>params</c>: what the section that is being run was given.</summary>
    public JsonObject Params { get; set; } = [];

    /// <summary>The body of the request that SignalWire fetches a document with.</summary>
    public JsonObject ToFetchBody() => new()
    {
        ["call"] = _call.DeepClone(),
        ["vars"] = _vars.DeepClone(),
        ["envs"] = _envs.DeepClone(),
        ["params"] = Params.DeepClone(),
    };

    /// <summary>Sets a variable.</summary>
    public void Set(string name, JsonNode? value) => _vars[WithoutVars(name)] = value?.DeepClone();

    /// <summary>Unsets a variable; all of them where the name is <c>vars</c>.</summary>
    public void Unset(string name)
    {
        if (name == "vars")
        {
            _vars = [];
        }

        _vars.Remove(WithoutVars(name));
    }

    /// <summary>Evaluates an expression. A fault says why it has no value.</summary>
    public JsonNode? Evaluate(string expression, out string? fault) => SwmlExpression.Evaluate(expression, All(), out fault);

    /// <summary>A value of a document with its variables filled in. What can't be evaluated becomes empty text.</summary>
    public SwmlNode Expand(SwmlNode node) => node switch
    {
        SwmlObject map => new SwmlObject([.. map.Members.Select(member => member with { Value = Expand(member.Value) })]),
        SwmlArray array => new SwmlArray([.. array.Items.Select(Expand)]),
        SwmlScalar { Kind: SwmlScalarKind.Text } text => Expand(text.Text),
        _ => node,
    };

    private SwmlNode Expand(string text)
    {
        Match whole = Variable().Match(text);
        return whole.Success && whole.Length == text.Length
            ? SwmlJsonNodes.ToSwml(Evaluate(whole.Groups[1].Value, out _) ?? "")
            : SwmlScalar.Of(Variable().Replace(text, match => SwmlJsonNodes.ToText(Evaluate(match.Groups[1].Value, out _))));
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> All() =>
    [
        .. _vars.Where(variable => Identifier().IsMatch(variable.Key)),
        new("vars", _vars), new("call", _call), new("envs", _envs), new("params", Params),
    ];

    private static string WithoutVars(string name) => name.StartsWith("vars.", StringComparison.Ordinal) ? name["vars.".Length..] : name;

    private static JsonObject DescribeCall(SimulatedCall call)
    {
        var json = new JsonObject
        {
            ["call_id"] = call.CallId,
            ["node_id"] = call.NodeId,
            ["segment_id"] = call.SegmentId,
            ["call_state"] = "created",
            ["direction"] = "inbound",
            ["type"] = "phone",
            ["from"] = call.From,
            ["to"] = SimulatedCall.ConferenceNumber,
            ["from_number"] = call.From,
            ["to_number"] = SimulatedCall.ConferenceNumber,
            ["project_id"] = call.ProjectId,
            ["space_id"] = call.SpaceId,
            ["headers"] = new JsonArray(),
        };
        if (call.Tag is not null)
        {
            json["tag"] = call.Tag;
        }

        return json;
    }

    [GeneratedRegex(@"[\$%]\{([^{}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();
}

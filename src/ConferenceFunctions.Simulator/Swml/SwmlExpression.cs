using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Swml;
using Jint;
using Jint.Native;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>Evaluates expressions of documents: JavaScript that sees nothing but its variables, and may not run long or grow large.</summary>
internal static class SwmlExpression
{
    private const int MaxStatements = 1000;
    private const int MaxRecursion = 32;
    private const int MaxMemory = 8_000_000;

    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(500);

    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The expression, without <c>${}</c>.</param>
    /// <param name="variables">What it sees, by name.</param>
    /// <param name="fault">Why it has no value; null where it has one.</param>
    /// <returns>Its value; null where it has none.</returns>
    public static JsonNode? Evaluate(string expression, IEnumerable<KeyValuePair<string, JsonNode?>> variables, out string? fault)
    {
        fault = null;
        try
        {
            using Engine engine = Create(variables);
            JsValue value = engine.Evaluate($"({expression})");
            JsValue json = new Jint.Native.Json.JsonSerializer(engine).Serialize(value);
            string? text = json.IsString() ? json.AsString() : null;
            fault = text?.Length > SwmlText.MaxBytes ? "its value is larger than a document may be" : null;
            return text is null || fault is not null ? null : JsonNode.Parse(text);
        }
        catch (Exception exception) when (exception is JintException or TimeoutException)
        {
            fault = exception.Message;
            return null;
        }
    }

    /// <summary>Whether a value counts as true in a condition.</summary>
    public static bool IsTrue(JsonNode? value) => value switch
    {
        null => false,
        JsonValue flag when flag.TryGetValue(out bool truth) => truth,
        JsonValue number when number.TryGetValue(out double amount) => amount is not 0,
        JsonValue text when text.TryGetValue(out string? characters) => characters.Length > 0,
        _ => true,
    };

    private static Engine Create(IEnumerable<KeyValuePair<string, JsonNode?>> variables)
    {
        var engine = new Engine(options => options
            .Strict()
            .TimeoutInterval(MaxTime)
            .MaxStatements(MaxStatements)
            .LimitRecursion(MaxRecursion)
            .LimitMemory(MaxMemory)
            .RegexTimeoutInterval(MaxTime));
        var parser = new Jint.Native.Json.JsonParser(engine);
        foreach ((string name, JsonNode? value) in variables)
        {
            engine.SetValue(name, parser.Parse(value?.ToJsonString() ?? "null"));
        }

        return engine;
    }
}

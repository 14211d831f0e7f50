using System.Globalization;
using System.Text.RegularExpressions;

namespace ConferenceFunctions.Core.Swml;

/// <summary>A string, number, boolean or null.</summary>
/// <param name="kind">Which of them.</param>
/// <param name="text">The string; the number exactly as written; <c>true</c>, <c>false</c> or <c>null</c>.</param>
/// <param name="line">Line in the text.</param>
/// <param name="column">Column in the text.</param>
public sealed partial class SwmlScalar(SwmlScalarKind kind, string text, int line = 0, int column = 0) : SwmlNode(line, column)
{
    /// <summary>Which kind of value it is.</summary>
    public SwmlScalarKind Kind { get; } = kind;

    /// <summary>The string; the number exactly as written; <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it is a string that is one variable and nothing else (<c>${…}</c> or <c>%{…}</c>).</summary>
    public bool IsVariable => Kind == SwmlScalarKind.Text && Variable().IsMatch(Text);

    /// <summary>Whether it is a string with a variable somewhere in it: what it will be, only SignalWire knows.</summary>
    public bool HasVariable =>
        Kind == SwmlScalarKind.Text && (Text.Contains("${", StringComparison.Ordinal) || Text.Contains("%{", StringComparison.Ordinal));

    /// <summary>A string.</summary>
    public static SwmlScalar Of(string value) => new(SwmlScalarKind.Text, value);

    /// <summary>A boolean.</summary>
    public static SwmlScalar Of(bool value) => new(SwmlScalarKind.Boolean, value ? "true" : "false");

    /// <summary>A whole number.</summary>
    public static SwmlScalar Of(int value) => new(SwmlScalarKind.Number, value.ToString(CultureInfo.InvariantCulture));

    // SWMLVar of SignalWire's schema.
    [GeneratedRegex(@"^[\$%]\{.*\}\z")]
    private static partial Regex Variable();
}

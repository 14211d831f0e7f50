using System.Globalization;
using System.Text;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Turns text from outside into values of properties.</summary>
internal static class SwmlLiteral
{
    /// <summary>The text as a value of that property: a boolean or number where the property takes one, else text.</summary>
    public static SwmlScalar Of(SwmlProperty property, string text) => property.Kind switch
    {
        SwmlPropertyKind.Boolean when text is "true" or "false" => new SwmlScalar(SwmlScalarKind.Boolean, text),
        SwmlPropertyKind.WholeNumber when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) => SwmlScalar.Of(number),
        _ => SwmlScalar.Of(text),
    };

    /// <summary>The text without the <c>{</c> that would make a <c>$</c> or <c>%</c> before it a variable.</summary>
    public static string WithoutVariables(string text)
    {
        var literal = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (c != '{' || literal.Length == 0 || literal[^1] is not ('$' or '%'))
            {
                literal.Append(c);
            }
        }

        return literal.ToString();
    }
}

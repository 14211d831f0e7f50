using System.Globalization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>What scalar values a property accepts.</summary>
internal static class SwmlScalarRules
{
    /// <summary>Whether the property takes the value.</summary>
    public static bool Accepts(SwmlProperty property, SwmlScalar value) => property.Kind switch
    {
        SwmlPropertyKind.Boolean => value.Kind == SwmlScalarKind.Boolean || value.IsVariable,
        SwmlPropertyKind.WholeNumber => value.IsVariable || (value.Kind == SwmlScalarKind.Number && InRange(property, value.Text)),
        SwmlPropertyKind.Word => value.Kind == SwmlScalarKind.Text && property.Words!.Contains(value.Text),
        SwmlPropertyKind.Words => value.Kind == SwmlScalarKind.Text && AreWords(property, value.Text),
        SwmlPropertyKind.Url => value.Kind == SwmlScalarKind.Text && (value.IsVariable || IsUrl(property, value.Text)),
        SwmlPropertyKind.Text => value.Kind == SwmlScalarKind.Text && !string.IsNullOrWhiteSpace(value.Text),
        _ => false,
    };

    /// <summary>What is wrong with a value that the property does not take, to be read after its name.</summary>
    public static string Complaint(SwmlProperty property, SwmlNode value) => (property.Kind, value) switch
    {
        (SwmlPropertyKind.Word, SwmlScalar { Kind: SwmlScalarKind.Boolean } flag) when property.Words!.Contains(flag.Text) =>
            $"is text, not a boolean: put {flag.Text} into quotes.",
        (SwmlPropertyKind.Boolean, SwmlScalar { Kind: SwmlScalarKind.Text, Text: "true" or "false" }) => "is a boolean, not text: leave the quotes out.",
        (SwmlPropertyKind.Text, SwmlScalar { Kind: SwmlScalarKind.Number or SwmlScalarKind.Boolean }) => "is not text: put it into quotes.",
        (SwmlPropertyKind.Text, SwmlScalar { Kind: SwmlScalarKind.Text }) => "is empty.",
        (SwmlPropertyKind.Words, SwmlArray) => "is an array. Write its words as one text, with blanks between them.",
        (SwmlPropertyKind.Words, SwmlScalar { Kind: SwmlScalarKind.Text } words) => UnknownWord(property, words.Text),
        (SwmlPropertyKind.Word, SwmlScalar { Kind: SwmlScalarKind.Text } word) => $"does not take that.{SwmlNames.Hint(word.Text, property.Words!)}",
        (SwmlPropertyKind.WholeNumber, SwmlScalar { Kind: SwmlScalarKind.Number }) => "is out of range.",
        (SwmlPropertyKind.Url, SwmlScalar { Kind: SwmlScalarKind.Text }) => "is not such a URL.",
        _ => "does not take that.",
    };

    private static bool InRange(SwmlProperty property, string number) =>
        decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
        && decimal.IsInteger(value) && value >= property.Min && value <= property.Max;

    private static bool AreWords(SwmlProperty property, string text)
    {
        string[] words = Split(text);
        return words.Length > 0 && words.All(property.Words!.Contains);
    }

    private static string UnknownWord(SwmlProperty property, string text)
    {
        string? unknown = Split(text).FirstOrDefault(word => !property.Words!.Contains(word));
        return unknown is null ? "is empty." : $"does not know '{unknown}'.{SwmlNames.Hint(unknown, property.Words!)}";
    }

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    // A URL with variables in it can only be judged by how it begins.
    private static bool IsUrl(SwmlProperty property, string text) =>
        property.Words!.Any(scheme => text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase))
        && (HasVariable(text) || (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Host.Length > 0));

    private static bool HasVariable(string text) =>
        text.Contains("${", StringComparison.Ordinal) || text.Contains("%{", StringComparison.Ordinal);
}

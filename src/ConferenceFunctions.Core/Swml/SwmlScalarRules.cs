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
        SwmlPropertyKind.Word => value.IsVariable || (value.Kind == SwmlScalarKind.Text && property.Words!.Contains(value.Text)),
        SwmlPropertyKind.Words => value.HasVariable || (value.Kind == SwmlScalarKind.Text && AreWords(property, value.Text)),
        SwmlPropertyKind.Url => value.IsVariable || (value.Kind == SwmlScalarKind.Text && IsUrl(property, value)),
        SwmlPropertyKind.Text => value.Kind == SwmlScalarKind.Text && !string.IsNullOrWhiteSpace(value.Text),
        SwmlPropertyKind.Nested or SwmlPropertyKind.AnyObject => value.IsVariable,
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
        (SwmlPropertyKind.Url, SwmlScalar { Kind: SwmlScalarKind.Text }) => "is not such a URL, or has blanks or other characters in it that must be escaped.",
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

    // A URL with variables in it can only be judged by how it begins. Any other one has what is no letter of URLs escaped, as in
    // SignalWire's schema.
    private static bool IsUrl(SwmlProperty property, SwmlScalar value) =>
        property.Words!.Any(scheme => value.Text.StartsWith(scheme + "://", StringComparison.OrdinalIgnoreCase))
        && (value.HasVariable || (value.Text.All(c => c is > ' ' and < '\x7F') && Uri.IsWellFormedUriString(value.Text, UriKind.Absolute)
            && Uri.TryCreate(value.Text, UriKind.Absolute, out Uri? url) && url.Host.Length > 0));
}

using System.Globalization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Reads typed values from an object that was validated. What is missing, or of another type, is its default.</summary>
internal static class SwmlReaderExtensions
{
    public static string? Text(this SwmlObject value, string name) => (value[name] as SwmlScalar)?.Text;

    public static T Word<T>(this SwmlObject value, string name) where T : struct, Enum => SwmlWord<T>.Parse(value.Text(name));

    public static IReadOnlyList<string> Words(this SwmlObject value, string name) =>
        value.Text(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static SwmlValue<bool> Boolean(this SwmlObject value, string name, bool otherwise) => value[name] switch
    {
        SwmlScalar { IsVariable: true } variable => new SwmlValue<bool>(variable.Text),
        SwmlScalar { Kind: SwmlScalarKind.Boolean } flag => flag.Text == "true",
        _ => otherwise,
    };

    public static SwmlValue<int> WholeNumber(this SwmlObject value, string name, int otherwise) => value[name] switch
    {
        SwmlScalar { IsVariable: true } variable => new SwmlValue<int>(variable.Text),
        SwmlScalar { Kind: SwmlScalarKind.Number } number => (int)decimal.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => otherwise,
    };
}

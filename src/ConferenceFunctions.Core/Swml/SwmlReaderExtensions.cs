using System.Globalization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Reads typed values from an object that was validated. What is missing, or of another type, is its default.</summary>
internal static class SwmlReaderExtensions
{
    public static string? Text(this SwmlObject value, string name) => (value[name] as SwmlScalar)?.Text;

    public static SwmlValue<T> Word<T>(this SwmlObject value, string name) where T : struct, Enum => value.WordOrNull<T>(name) ?? default(T);

    public static SwmlValue<T>? WordOrNull<T>(this SwmlObject value, string name) where T : struct, Enum => value[name] switch
    {
        SwmlScalar { IsVariable: true } variable => new SwmlValue<T>(variable.Text),
        SwmlScalar { Kind: SwmlScalarKind.Text } word => SwmlWord<T>.Parse(word.Text),
        _ => null,
    };

    public static IReadOnlyList<string> Words(this SwmlObject value, string name) =>
        value.Text(name)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    public static SwmlValue<bool>? Boolean(this SwmlObject value, string name) => value[name] switch
    {
        SwmlScalar { IsVariable: true } variable => new SwmlValue<bool>(variable.Text),
        SwmlScalar { Kind: SwmlScalarKind.Boolean } flag => flag.Text == "true",
        _ => null,
    };

    public static SwmlValue<int>? WholeNumber(this SwmlObject value, string name) => value[name] switch
    {
        SwmlScalar { IsVariable: true } variable => new SwmlValue<int>(variable.Text),
        SwmlScalar { Kind: SwmlScalarKind.Number } number => (int)decimal.Parse(number.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };
}

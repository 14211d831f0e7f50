using System.Reflection;
using System.Text.Json.Serialization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>The words that SWML has for the values of an enumeration: the <see cref="JsonStringEnumMemberNameAttribute"/> of each.</summary>
/// <typeparam name="T">The enumeration.</typeparam>
internal static class SwmlWord<T>
    where T : struct, Enum
{
    private static readonly Dictionary<T, string> Words = Enum.GetValues<T>().ToDictionary(
        value => value,
        value => typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

    /// <summary>All words, in the order of the enumeration.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Values];

    /// <summary>The word for a value.</summary>
    public static string Of(T value) => Words[value];

    /// <summary>The value of a word; the enumeration's first where there is no such word.</summary>
    public static T Parse(string? word) => Words.FirstOrDefault(pair => pair.Value == word).Key;
}

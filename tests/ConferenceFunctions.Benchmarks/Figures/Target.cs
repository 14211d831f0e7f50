using System.Globalization;

namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>A target, and whether it holds.</summary>
/// <param name="Text">What was measured, as it is told.</param>
/// <param name="Wanted">What is wanted, as it is told.</param>
/// <param name="Met">Whether it holds; null where it is told only.</param>
internal sealed record Target(string Text, string Wanted, bool? Met)
{
    /// <summary>At least so many times as much as something else.</summary>
    public static Target AtLeast(double ours, double other, double wanted, string what) =>
        Of(ours / other, $"× {what}", "≥", wanted, ours / other >= wanted);

    /// <summary>At most so many times as much as something else.</summary>
    public static Target AtMost(double ours, double other, double wanted, string what) =>
        Of(ours / other, $"× {what}", "≤", wanted, ours / other <= wanted);

    /// <summary>At most so much.</summary>
    public static Target AtMost(double ours, double wanted, string unit) => Of(ours, unit, "≤", wanted, ours <= wanted);

    /// <summary>So many times as much as something else, without a target.</summary>
    public static Target Told(double ours, double other, string what) => Of(ours / other, $"× {what}", "", null, null);

    private static Target Of(double value, string unit, string relation, double? wanted, bool? met) =>
        new($"{Format.Short(value)} {unit}", wanted is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{relation} {wanted}"), met);
}

using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>What storage requests cost.</summary>
internal static class StorageCost
{
    // List prices of Azure Storage (general purpose v2, LRS, East US) in dollars per 10,000; a table transaction counts as one request.
    private const double QueuePrice = 0.004;
    private const double TablePrice = 0.00036;
    private const double PerPrice = 10_000;

    private const double Million = 1_000_000;

    /// <summary>Requests and dollars per million callbacks, of what was measured with so many conferences at a time.</summary>
    public static IEnumerable<Figure> Figures(Sample sample, int conferences)
    {
        (double ours, double plain) = (Requests(Side.Ours), Requests(Side.Plain));
        yield return new Figure("storage requests per million callbacks", Format.Short(ours), Format.Short(plain)) { Targets = [Target.AtMost(ours, plain, 0.1, "plain")] };
        (ours, plain) = (Dollars(Side.Ours), Dollars(Side.Plain));
        yield return new Figure("dollars for storage requests per million callbacks", $"${Format.Short(ours)}", $"${Format.Short(plain)}") { Targets = [Target.Told(ours, plain, "plain")] };

        double Requests(Side side) => Million * sample[$"{side} {conferences} requests"];
        double Dollars(Side side) =>
            Million * ((sample[$"{side} {conferences} queue"] * QueuePrice) + (sample[$"{side} {conferences} table"] * TablePrice)) / PerPrice;
    }
}

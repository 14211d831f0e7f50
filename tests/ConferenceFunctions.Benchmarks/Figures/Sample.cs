namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>What the rounds measured, by name.</summary>
internal sealed class Sample
{
    private readonly Dictionary<string, List<double>> _values = new(StringComparer.Ordinal);

    /// <summary>Adds a measurement.</summary>
    public void Add(string name, double value)
    {
        if (!_values.TryGetValue(name, out List<double>? values))
        {
            _values.Add(name, values = []);
        }

        values.Add(value);
    }

    /// <summary>The median of what was measured.</summary>
    public double this[string name]
    {
        get
        {
            double[] sorted = [.. _values[name].Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}

using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;

namespace ConferenceFunctions.Benchmarks;

/// <summary>What all sections share.</summary>
/// <param name="Azurite">The storage that they are measured on.</param>
/// <param name="Rounds">How often, and how long.</param>
/// <param name="Progress">Is told what is being measured.</param>
internal sealed record BenchmarkContext(BenchmarkAzurite Azurite, Rounds Rounds, Action<string> Progress);

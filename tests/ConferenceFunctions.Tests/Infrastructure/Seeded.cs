using System.Globalization;

namespace ConferenceFunctions.Tests.Infrastructure;

/// <summary>
/// Random tests that can be repeated. Iteration i runs on the seed plus i, and a failure says which it was: <c>CF_SEED</c> set to
/// that number runs it first. <c>CF_LONG=1</c> runs the long versions.
/// </summary>
public static class Seeded
{
    private const int DefaultSeed = 20260101;

    /// <summary>Whether the long versions are to be run.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("CF_LONG") == "1";

    /// <summary>The seed of this run.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("CF_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed) ? seed : DefaultSeed;

    /// <summary>One number in the suite, another in the long run.</summary>
    public static int Iterations(int suite, int longRun) => IsLong ? longRun : suite;

    /// <summary>Runs a test again and again, each time with other random numbers.</summary>
    public static void Run(int iterations, Action<Random> test)
    {
        for (int i = 0; i < iterations; i++)
        {
            try
            {
                test(new Random(Seed + i));
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Failed with CF_SEED={Seed + i}: {exception.Message}", exception);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{iterations} iterations from CF_SEED={Seed}");
    }

    /// <summary>One of several.</summary>
    public static T Pick<T>(this Random random, params ReadOnlySpan<T> from) => from[random.Next(from.Length)];
}

using System.Diagnostics;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Sections;

namespace ConferenceFunctions.Benchmarks;

/// <summary>Measures sections, one after the other, on one Azurite.</summary>
internal static class BenchmarkRun
{
    /// <summary>Measures, prints the table, and writes it into a file where one is given.</summary>
    /// <returns>The exit code: 1 if a section could not be measured; then nothing is written.</returns>
    public static async Task<int> RunAsync(string[] only, Rounds rounds, FileInfo? file)
    {
        long start = Stopwatch.GetTimestamp();
        List<Figure> figures = [];
        bool failed = false;
        await using BenchmarkAzurite azurite = await BenchmarkAzurite.InMemoryAsync();
        var context = new BenchmarkContext(azurite, rounds, line => Console.WriteLine($"{Stopwatch.GetElapsedTime(start):mm\\:ss} {line}"));
        foreach (Section section in Section.All.Where(section => only.Length == 0 || only.Contains(section.Name)))
        {
            context.Progress($"== {section.Name}");
            try
            {
                figures.AddRange(await section.MeasureAsync(context));
            }
            catch (Exception exception)
            {
                // The others' figures are worth having.
                failed = true;
                await Console.Error.WriteLineAsync($"{section.Name} can't be measured: {exception}");
            }
        }

        string markdown = FigureTable.Write(figures, rounds, Stopwatch.GetElapsedTime(start));
        Console.WriteLine();
        Console.WriteLine(markdown);
        if (file is not null && !failed)
        {
            await FigureTable.InsertAsync(file, markdown);
        }

        return failed ? 1 : 0;
    }
}

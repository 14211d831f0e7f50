using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ConferenceFunctions.Benchmarks.Figures;

/// <summary>The figures as Markdown.</summary>
internal static class FigureTable
{
    private const string Begin = "<!-- figures -->";
    private const string End = "<!-- /figures -->";

    /// <summary>Writes the table, and under which conditions it was measured.</summary>
    public static string Write(IEnumerable<Figure> figures, Rounds rounds, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Measured {TimeProvider.System.GetUtcNow():yyyy-MM-dd} on {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription.Split('#')[0].Trim()} ({RuntimeInformation.OSArchitecture}), .NET {Environment.Version}, in {elapsed.TotalMinutes:0.0} minutes; {(rounds.Quick ? "a quick trial, whose figures mean nothing" : $"medians of {rounds.Count} alternating rounds")}.");
        text.AppendLine();
        text.AppendLine("| figure | ours | plain | limit | compared | target |");
        text.AppendLine("| --- | ---: | ---: | ---: | --- | --- |");
        foreach (Figure figure in figures)
        {
            string compared = string.Join("<br>", figure.Targets.Select(target => target.Text));
            string wanted = string.Join("<br>", figure.Targets.Select(target => target.Met switch
            {
                true => $"{target.Wanted} ✓",
                false => $"{target.Wanted} **missed**",
                null => "",
            }));
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.Name} | {figure.Ours} | {figure.Plain} | {figure.Limit} | {compared} | {wanted} |");
        }

        return text.ToString();
    }

    /// <summary>Puts the table into a Markdown file, in place of the one between its markers.</summary>
    /// <exception cref="InvalidOperationException">The file has no markers.</exception>
    public static async Task InsertAsync(FileInfo file, string table)
    {
        string text = await File.ReadAllTextAsync(file.FullName);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal);
        int end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{file.Name} has no {Begin} … {End} to put the figures between.");
        }

        await File.WriteAllTextAsync(file.FullName, $"{text[..(begin + Begin.Length)]}\n{table.ReplaceLineEndings("\n")}{text[end..]}");
    }
}

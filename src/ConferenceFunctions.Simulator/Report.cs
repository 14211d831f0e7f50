using System.Globalization;
using ConferenceFunctions.Simulator.Comparison;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Load;
using Spectre.Console;

namespace ConferenceFunctions.Simulator;

/// <summary>Prints how it went.</summary>
/// <param name="console">Where to.</param>
internal sealed class Report(IAnsiConsole console)
{
    private const int ShownCalls = 12;
    private const int ShownSteps = 8;

    private static readonly double[] Percentiles = [50, 90, 99, 99.9, 100];

    /// <summary>Prints a line, which stays one however narrow the console is.</summary>
    public void Note(string text) => console.Profile.Out.Writer.WriteLine(text);

    /// <summary>Prints what the documents did with the calls.</summary>
    public void Calls(IReadOnlyList<CallSession> sessions)
    {
        Table table = new Table().AddColumns("Call", "Steps of its document", "Result");
        foreach (CallSession session in sessions.Take(ShownCalls))
        {
            string steps = string.Join('\n', session.Interpreter.Trace.Take(ShownSteps));
            table.AddRow(new Text(session.Call.From), new Text(steps), new Text(string.Join('\n', session.Results)));
        }

        console.Write(table);
        if (sessions.Count > ShownCalls)
        {
            Note($"… and {sessions.Count - ShownCalls} more calls.");
        }
    }

    /// <summary>Prints the comparison.</summary>
    public void Comparison(IEnumerable<ComparisonRow> rows)
    {
        Table table = new Table().AddColumns("", "Expected", "Found", "Verdict");
        foreach (ComparisonRow row in rows)
        {
            table.AddRow(new Text(row.What), new Text(row.Expected), new Text(row.Found), Show(row.Verdict));
        }

        console.Write(table);
    }

    /// <summary>Prints how long acknowledgements took.</summary>
    public void Latencies(Latencies latencies)
    {
        Table table = new Table().AddColumns("Acknowledged", "p50", "p90", "p99", "p99.9", "longest");
        table.AddRow([latencies.Count.ToString("N0", CultureInfo.InvariantCulture), .. Percentiles.Select(latencies.Show)]);
        console.Write(table);
    }

    private static Text Show(Verdict verdict) => verdict switch
    {
        Verdict.Right => new Text("right", new Style(Color.Green)),
        Verdict.Wrong => new Text("WRONG", new Style(Color.Red)),
        _ => new Text("not compared", new Style(Color.Grey)),
    };
}

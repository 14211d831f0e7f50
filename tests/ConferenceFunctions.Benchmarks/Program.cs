using System.CommandLine;
using ConferenceFunctions.Benchmarks.Figures;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Sections;

namespace ConferenceFunctions.Benchmarks;

/// <summary>The command line.</summary>
internal static class Program
{
    /// <summary>The command by which this program starts itself as a side.</summary>
    public const string ServeCommand = "serve";

    private static Task<int> Main(string[] args)
    {
        Option<string[]> only = new("--only")
        {
            Description = $"Sections to measure, separated by commas: {string.Join(", ", Section.All.Select(section => section.Name))}. Default: all.",
            CustomParser = result => result.Tokens[^1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            DefaultValueFactory = _ => [],
        };
        only.Validators.Add(result =>
        {
            foreach (string name in result.GetValueOrDefault<string[]>().Except(Section.All.Select(section => section.Name)))
            {
                result.AddError($"There is no section '{name}'. Sections: {string.Join(", ", Section.All.Select(section => section.Name))}.");
            }
        });
        Option<int> rounds = new("--rounds") { Description = "Rounds of each measurement, whose medians are told.", DefaultValueFactory = _ => 3 };
        Option<bool> quick = new("--quick") { Description = "One short round of everything: tells whether it works, not how fast." };
        Option<FileInfo?> write = new("--write") { Description = "Markdown file to write the figures into, between <!-- figures --> and <!-- /figures -->." };
        RootCommand command = new("Measures the app beside what a user would write instead, and beside the limit.") { only, rounds, quick, write };
        command.SetAction(result => BenchmarkRun.RunAsync(
            result.GetRequiredValue(only),
            new Rounds(result.GetValue(quick) ? 1 : Math.Max(1, result.GetValue(rounds)), result.GetValue(quick)),
            result.GetValue(write)));

        Argument<Side> side = new("side");
        Command serve = new(ServeCommand, "Runs one side; the benchmark starts these itself.") { Hidden = true };
        serve.Arguments.Add(side);
        serve.SetAction(result => SideServer.RunAsync(result.GetValue(side)));
        command.Subcommands.Add(serve);
        return command.Parse(args).InvokeAsync();
    }
}

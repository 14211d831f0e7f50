using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

public partial class CostTests
{
    private const string Begin = "<!-- cost -->";
    private const string End = "<!-- /cost -->";

    private static readonly string Readme = Repository.Read("README.md").ReplaceLineEndings("\n");

    [Fact]
    public void The_table_in_the_README_is_computed()
    {
        Assert.True(
            Readme.Contains($"{Begin}\n{Table()}{End}", StringComparison.Ordinal), $"README.md has another table of costs. Between {Begin} and {End} belongs:\n{Table()}");
    }

    [Fact]
    public void The_README_tells_the_prices_that_the_table_is_computed_from()
    {
        Assert.True(Readme.Contains(CostModel.Prices, StringComparison.Ordinal), $"README.md tells other prices than:\n{CostModel.Prices}");
        Assert.True(Readme.Contains(CostModel.Idle, StringComparison.Ordinal), $"README.md tells other costs of idling than:\n{CostModel.Idle}");
    }

    [Fact]
    public void No_measured_callback_takes_more_requests_to_storage_than_the_table_reckons_with()
    {
        double[] measured = [.. MeasuredRequests().Matches(Readme).Select(match => double.Parse(match.Groups["ours"].Value, CultureInfo.InvariantCulture))];

        // Four conferences, then sixty-four: crowds, then callbacks that come alone.
        Assert.Equal(2, measured.Length);
        Assert.InRange(measured[0], 0, new CostModel(100, AlwaysReady: true, Speaker: true).StorageRequestsACallback);
        Assert.InRange(measured[1], 0, new CostModel(100, AlwaysReady: true, Speaker: false).StorageRequestsACallback);
    }

    [Fact]
    public void A_million_callbacks_cost_less_the_faster_they_come_and_never_less_than_their_parts()
    {
        CostModel[] byRate = [.. new double[] { 1, 5, 20, 100 }.Select(rate => new CostModel(rate, AlwaysReady: true, Speaker: false))];

        Assert.Equal(byRate.OrderByDescending(cost => cost.Total), byRate);
        Assert.All(byRate, cost => Assert.InRange(cost.Total, cost.Executions + cost.Memory, double.MaxValue));
        // One callback a second keeps two instances of half a GB busy all the time: a million GB-seconds.
        Assert.Equal(26, new CostModel(1, AlwaysReady: false, Speaker: false).Memory, 0.001);
        Assert.Equal(0.80, new CostModel(1, AlwaysReady: false, Speaker: false).Executions, 0.001);
    }

    private static string Table()
    {
        var table = new StringBuilder("""
            | callbacks/s | speaker events | always ready | executions | memory × time | storage requests | telemetry | **$ per million** |
            | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |

            """.ReplaceLineEndings("\n"));
        foreach (double rate in new double[] { 1, 5, 20, 100 })
        {
            foreach (bool speaker in new[] { false, true })
            {
                foreach (bool alwaysReady in new[] { false, true })
                {
                    var cost = new CostModel(rate, alwaysReady, speaker);
                    table.Append(
                        CultureInfo.InvariantCulture,
                        $"| {rate} | {(speaker ? "with" : "without")} | {(alwaysReady ? "one" : "none")} | {cost.Executions:F2} | {cost.Memory:F2} | {cost.Storage:F2} | {cost.Telemetry:F2} | **{cost.Total:F2}** |\n");
                }
            }
        }

        return table.ToString();
    }

    [GeneratedRegex(@"^\| – storage requests per event \| (?<ours>[\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex MeasuredRequests();
}

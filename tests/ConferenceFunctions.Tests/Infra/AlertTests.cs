using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConferenceFunctions.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.Tests.Infra;

public partial class AlertTests
{
    [Fact]
    public void Alerts_ask_for_metrics_that_are_measured()
    {
        string[] measured = Instruments();

        string[] asked = [.. Template.PredictedOf("Microsoft.Insights/scheduledQueryRules").SelectMany(rule => Metric().Matches(Query(rule))).Select(match => match.Groups["name"].Value)];

        Assert.Equal(["conference.dead_letters", "conference.queue.age"], asked.Order());
        Assert.Subset(measured.ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public void Every_alert_goes_to_the_address_that_was_given()
    {
        string group = Template.PredictedOf("Microsoft.Insights/actionGroups").Single()["id"]!.GetValue<string>();
        JsonNode[] actions =
        [
            .. Template.PredictedOf("Microsoft.Insights/scheduledQueryRules").Select(rule => rule["properties"]!["actions"]!["actionGroups"]![0]!),
            .. Template.PredictedOf("Microsoft.Insights/metricAlerts").Select(rule => rule["properties"]!["actions"]![0]!["actionGroupId"]!),
        ];

        Assert.Equal([group, group, group], actions.Select(action => action.GetValue<string>()));
    }

    private static string Query(JsonObject rule) => rule["properties"]!["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>();

    private static string[] Instruments()
    {
        HashSet<string> names = [];
        using ServiceProvider services = new ServiceCollection().AddMetrics().AddSingleton<ConferenceTelemetry>().BuildServiceProvider();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => names.Add(instrument.Name) };
        listener.Start();
        services.GetRequiredService<ConferenceTelemetry>();
        return [.. names];
    }

    [GeneratedRegex("name == \"(?<name>[^\"]+)\"")]
    private static partial Regex Metric();
}

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

        string[] asked = [.. Rules.SelectMany(rule => Metric().Matches(Query(rule))).Select(match => match.Groups["name"].Value)];

        Assert.Equal(["conference.dead_letters", "conference.dead_letters.kept", "conference.queue.age"], asked.Order());
        Assert.Subset(measured.ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public void Answers_with_5xx_are_counted_by_requests_and_not_by_a_metric_of_the_platform()
    {
        JsonObject rule = Assert.Single(Rules, rule => Query(rule).StartsWith("requests ", StringComparison.Ordinal));

        Assert.Contains("toint(resultCode) >= 500", Query(rule), StringComparison.Ordinal);
        Assert.Contains("itemCount", Query(rule), StringComparison.Ordinal);
        // It is the sampler that sets itemCount.
        Assert.Equal("microsoft.fixed_percentage", Template.AppSettings["OTEL_TRACES_SAMPLER"]);
        Assert.Empty(Template.PredictedOf("Microsoft.Insights/metricAlerts"));
    }

    [Fact]
    public void Somebody_is_told_when_no_more_telemetry_is_taken()
    {
        JsonObject rule = Assert.Single(Rules, rule => Query(rule).StartsWith("_LogOperation ", StringComparison.Ordinal));

        Assert.Contains("workspaceId", rule["properties"]!["scopes"]![0]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_goes_to_the_address_that_was_given()
    {
        JsonObject group = Template.PredictedOf("Microsoft.Insights/actionGroups").Single();

        Assert.Equal("operator@example.com", group["properties"]!["emailReceivers"]![0]!["emailAddress"]!.GetValue<string>());
        Assert.Equal(5, Rules.Count);
        Assert.All(Rules, rule => Assert.Equal(group["id"]!.GetValue<string>(), rule["properties"]!["actions"]!["actionGroups"]![0]!.GetValue<string>()));
    }

    [Fact]
    public void Without_an_address_there_are_no_alerts()
    {
        Assert.Empty(Template.DefaultOf("Microsoft.Insights/scheduledQueryRules"));
        Assert.Empty(Template.DefaultOf("Microsoft.Insights/actionGroups"));
    }

    private static IReadOnlyList<JsonObject> Rules => Template.PredictedOf("Microsoft.Insights/scheduledQueryRules");

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

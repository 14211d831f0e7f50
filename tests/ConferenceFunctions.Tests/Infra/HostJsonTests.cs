using System.Globalization;
using System.Text.Json.Nodes;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.Tests.Infra;

public class HostJsonTests
{
    private static readonly JsonNode Host = JsonNode.Parse(Repository.Read("host.json"))!;

    [Fact]
    public void Queue_messages_are_text_and_failures_come_back_soon()
    {
        JsonNode queues = Host["extensions"]!["queues"]!;

        Assert.Equal("none", queues["messageEncoding"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromSeconds(30), Time(queues["visibilityTimeout"]));
        Assert.Equal(TimeSpan.FromSeconds(2), Time(queues["maxPollingInterval"]));
        Assert.Equal(10, queues["maxDequeueCount"]!.GetValue<int>());
        Assert.InRange(queues["batchSize"]!.GetValue<int>(), 1, 32);
        Assert.InRange(queues["newBatchThreshold"]!.GetValue<int>(), 0, queues["batchSize"]!.GetValue<int>());
    }

    [Fact]
    public void The_host_speaks_OpenTelemetry_and_logs_no_line_an_execution()
    {
        JsonNode levels = Host["logging"]!["logLevel"]!;

        Assert.Equal("OpenTelemetry", Host["telemetryMode"]!.GetValue<string>());
        Assert.Equal("Warning", levels["default"]!.GetValue<string>());
        Assert.Null(levels["Function"]);
        Assert.Null(levels["Host.Results"]);
    }

    [Fact]
    public void Routes_and_the_longest_run_are_said_and_not_left_to_the_host()
    {
        Assert.Equal("api", Host["extensions"]!["http"]!["routePrefix"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromMinutes(30), Time(Host["functionTimeout"]));
    }

    private static TimeSpan Time(JsonNode? value) => TimeSpan.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture);
}

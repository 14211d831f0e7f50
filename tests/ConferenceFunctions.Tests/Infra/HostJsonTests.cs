using System.Globalization;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
    public void The_host_speaks_OpenTelemetry()
    {
        Assert.Equal("OpenTelemetry", Host["telemetryMode"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Function.ApplyCallbacks.User", LogLevel.Information)] // what the app logs while a function runs
    [InlineData("Function.ApplyCallbacks", LogLevel.Warning)] // a line when it begins and one when it ends
    [InlineData("Host.Results", LogLevel.Warning)]
    [InlineData("Host.Startup", LogLevel.Warning)]
    [InlineData("Microsoft.Azure.WebJobs.Script.Grpc.GrpcWorkerChannel", LogLevel.Warning)]
    public void The_app_is_heard_and_the_host_only_when_something_is_wrong(string category, LogLevel least)
    {
        using ServiceProvider services = new ServiceCollection()
            .AddLogging(logging => logging
                .AddConfiguration(new ConfigurationBuilder().AddJsonFile(Repository.PathOf("host.json")).Build().GetSection("logging"))
                .AddProvider(new EveryLevel()))
            .BuildServiceProvider();
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

        Assert.True(logger.IsEnabled(least));
        Assert.False(logger.IsEnabled(least - 1));
    }

    [Fact]
    public void Routes_and_the_longest_run_are_said_and_not_left_to_the_host()
    {
        Assert.Equal("api", Host["extensions"]!["http"]!["routePrefix"]!.GetValue<string>());
        Assert.Equal(TimeSpan.FromMinutes(30), Time(Host["functionTimeout"]));
        // What settles an attempt whose time is over takes time, too: ten minutes where storage refuses it.
        Assert.InRange(TimeSpan.Parse(RecordingOptions.LongestFetch, CultureInfo.InvariantCulture), TimeSpan.Zero, Time(Host["functionTimeout"]) - TimeSpan.FromMinutes(12));
    }

    private static TimeSpan Time(JsonNode? value) => TimeSpan.Parse(value!.GetValue<string>(), CultureInfo.InvariantCulture);

    // The filters are the factory's; the provider takes everything that they let through.
    private sealed class EveryLevel : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }
}

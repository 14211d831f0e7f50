using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.IntegrationTests;

public class TelemetryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_callback_is_one_trace_from_the_request_through_the_queue_to_the_table()
    {
        ConcurrentBag<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using TestHost host = await TestHost.StartAsync(azurite);
        var trace = ActivityTraceId.CreateRandom();
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Urls.ConferenceCallback("room"))
        {
            Content = new StringContent(Callback.Json("c1", "participant-join", 1, "a"), Encoding.UTF8, "application/json"),
            Headers = { { "traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01" } },
        };

        using HttpResponseMessage response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        await TestHost.EventuallyAsync(() => Task.FromResult(spans.Count(span => span.OperationName == "callbacks apply" && span.TraceId == trace)), count => count > 0);

        string[] names = [.. spans.Where(span => span.TraceId == trace).Select(span => span.OperationName)];
        Assert.Contains("Microsoft.AspNetCore.Hosting.HttpRequestIn", names);
        Assert.Contains("callbacks put", names);
        Assert.Contains("callbacks apply", names);
        Assert.Contains(names, name => name.StartsWith("TableClient", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Neither_log_nor_spans_have_bodies_numbers_tokens_or_query_strings()
    {
        ConcurrentBag<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var log = new LogCapture();
        await using TestHost host = await TestHost.StartAsync(
            azurite, new() { ["Logging:LogLevel:Default"] = "Trace" }, logging: logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        const string Number = "+15551239999";
        using var fetch = new StringContent($$$"""{"call":{"call_id":"call-1","from":"{{{Number}}}","to":"+15550001111"}}""", Encoding.UTF8, "application/json");

        await host.Client.PostAsync(new Uri(host.Urls.Swml("room", "name=query-secret")), fetch, TestContext.Current.CancellationToken);
        await host.PostEventAsync(Callback.Json("c1", "participant-join", 1, "call-1", new JsonObject { ["tag"] = "body-secret" }));
        await host.PostEventAsync("{\"unreadable-secret\"");
        await host.Client.PostAsync(new Uri("callbacks/conference/room?t=wrong-secret", UriKind.Relative), null, TestContext.Current.CancellationToken);
        await TestHost.EventuallyAsync(() => host.EventsAsync("c1"), events => events.Count == 1);

        string token = host.Urls.ConferenceCallback("room").Split("t=")[1];
        string everything = string.Join('\n', log.Lines) + string.Join('\n', spans.Where(span => span.Source.Name != "System.Net.Http")
            .SelectMany(span => span.TagObjects.Where(tag => tag.Key != "url.query").Select(tag => $"{span.OperationName} {tag.Key}={tag.Value}")));
        Assert.NotEmpty(everything);
        Assert.All(
            [Number, "5551239999", token, host.Urls.Swml("room").Split("t=")[1], "query-secret", "body-secret", "unreadable-secret", "wrong-secret"],
            secret => Assert.DoesNotContain(secret, everything, StringComparison.OrdinalIgnoreCase));
    }
}

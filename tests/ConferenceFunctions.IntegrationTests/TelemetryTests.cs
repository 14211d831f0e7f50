using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using ConferenceFunctions.Core;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ConferenceFunctions.IntegrationTests;

// Not at once with the other class that listens to spans: they belong to the whole process, and each would change what the other sees.
[Collection("Spans")]
public class TelemetryTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_callback_is_one_trace_from_its_request_to_its_row()
    {
        await using Collector collector = await Collector.StartAsync();
        await using TestHost host = await collector.StartHostAsync(azurite);
        // A queue that is still to be created is a second message to it, and a table another transaction.
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);

        await ApplyAsync(host, "traced");

        Activity[] trace = await TestHost.EventuallyAsync(
            () => Task.FromResult(collector.TraceOf(host)), spans => Ended(spans, "callbacks apply") && Ended(spans, "conference write"));
        Activity request = Assert.Single(trace, span => span.Kind == ActivityKind.Server);
        Activity put = Assert.Single(trace, span => span.DisplayName == "callbacks put");
        Activity message = Assert.Single(trace, span => span.Kind == ActivityKind.Client && span.ParentSpanId == put.SpanId);
        Activity apply = Assert.Single(trace, span => span.DisplayName == "callbacks apply");
        Activity write = Assert.Single(trace, span => span.DisplayName == "conference write");
        Activity transaction = Assert.Single(trace, IsTransaction);
        Assert.Equal(request.SpanId, put.ParentSpanId);
        Assert.Contains("/callbacks/messages", Url(message), StringComparison.Ordinal);
        Assert.Equal(put.SpanId, apply.ParentSpanId);
        Assert.Equal(apply.SpanId, write.ParentSpanId);
        Assert.Equal(write.SpanId, transaction.ParentSpanId);
    }

    [Fact]
    public async Task What_is_sent_has_no_tokens_and_nothing_that_nobody_asked_for()
    {
        await using Collector collector = await Collector.StartAsync();
        string[] urls;
        await using (TestHost host = await collector.StartHostAsync(azurite))
        {
            urls = [host.Urls.ConferenceCallback("room"), host.Urls.Swml("room")];
            await ApplyAsync(host, "sent");
            using HttpResponseMessage document = await host.Client.GetAsync(new Uri(urls[1]), TestContext.Current.CancellationToken);
            using HttpResponseMessage keyed = await host.Client.GetAsync(new Uri("conferences?code=the-function-key", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, document.StatusCode);
        }

        Assert.NotEmpty(collector.Bodies);
        string sent = string.Join('\n', collector.Bodies.Select(Encoding.Latin1.GetString));
        Assert.Contains("callbacks apply", sent, StringComparison.Ordinal);
        Assert.All(urls, url => Assert.DoesNotContain(url.Split("t=")[1], sent, StringComparison.Ordinal));
        Assert.DoesNotContain("the-function-key", sent, StringComparison.Ordinal);
        // The pump asks for messages all the time.
        Assert.DoesNotContain(collector.Spans.Snapshot(), span => span.Kind == ActivityKind.Client && span.ParentSpanId == default);
    }

    [Fact]
    public async Task Everything_that_is_worth_counting_is_counted()
    {
        await using Collector collector = await Collector.StartAsync();
        await using TestHost host = await collector.StartHostAsync(azurite);
        await ApplyAsync(host, "counted");
        using HttpResponseMessage unreadable = await host.PostEventAsync("{}");
        Assert.Equal(HttpStatusCode.BadRequest, unreadable.StatusCode);

        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Superset(
            new HashSet<string>
            {
                "conference.callbacks.received", "conference.callbacks.rejected", "conference.callbacks.batch_size", "conference.callbacks.put_duration",
                "conference.callbacks.ack_duration", "conference.events.lag", "conference.transactions", "conference.dead_letters",
            },
            collector.Metrics.Snapshot().Select(metric => metric.Name).ToHashSet());
    }

    [Fact]
    public async Task A_trace_that_is_not_kept_leaves_nothing_anywhere()
    {
        await using Collector collector = await Collector.StartAsync();
        // A process of its own: what any host of a process keeps, all of them see.
        await using LocalHostProcess host = LocalHostProcess.Start(
            ["--urls", "http://127.0.0.1:0", "--storage", azurite.NewAccount()],
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["Telemetry__SamplingRatio"] = "0",
            });
        string baseUrl = await host.ReadyAsync();
        // A client in this process would bring a trace along that is kept.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        Uri callbacks = await LocalHostProcess.CallbackUrlAsync(client, baseUrl);
        using var content = new StringContent(Callback.Json("dropped", "participant-join", 1, "a"), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(callbacks, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        HttpStatusCode found = await TestHost.EventuallyAsync(
            async () => (await client.GetAsync(new Uri($"{baseUrl}/api/conferences/dropped"), TestContext.Current.CancellationToken)).StatusCode,
            status => status == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, found);

        await host.SignalAsync("TERM");
        await host.ExitAsync();

        // Its last flush was at its end.
        Assert.Contains("/v1/metrics", collector.Paths);
        Assert.DoesNotContain("/v1/traces", collector.Paths);
    }

    [Fact]
    public async Task Application_Insights_gets_whole_traces_and_metrics_and_warnings()
    {
        await using Collector collector = await Collector.StartAsync();
        await using TestHost host = await TestHost.StartAsync(azurite, new Dictionary<string, string?>
        {
            ["Telemetry:SamplingRatio"] = "1",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint={collector.Url}",
        });

        await ApplyAsync(host, "insights");
        using HttpResponseMessage refused = await host.Client.GetAsync(new Uri("swml/room", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        // What was applied may be read before its span has ended.
        string sent = await TestHost.EventuallyAsync(
            () =>
            {
                host.Services.GetRequiredService<TracerProvider>().ForceFlush();
                host.Services.GetRequiredService<LoggerProvider>().ForceFlush();
                return Task.FromResult(string.Join('\n', collector.Bodies.Select(Encoding.Latin1.GetString)));
            },
            text => text.Contains("callbacks apply", StringComparison.Ordinal) && text.Contains("A request was refused", StringComparison.Ordinal));

        Assert.Contains("A request was refused", sent, StringComparison.Ordinal);
        Assert.Contains("callbacks apply", sent, StringComparison.Ordinal);
        Assert.Contains("conference.callbacks.received", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Urls.ConferenceCallback("room").Split("t=")[1], sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_exporter_nothing_is_collected()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
        Assert.Null(host.Services.GetService<LoggerProvider>());
    }

    private static bool Ended(Activity[] spans, string name) => Array.Exists(spans, span => span.DisplayName == name);

    private static bool IsTransaction(Activity span) => span.Kind == ActivityKind.Client && Url(span).EndsWith("/$batch", StringComparison.Ordinal);

    private static string Url(Activity span) => span.GetTagItem("url.full") as string ?? "";

    private static async Task ApplyAsync(TestHost host, string conferenceId)
    {
        // A client in this process would be part of the trace, and SignalWire begins none.
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null });
        using var content = new StringContent(Callback.Json(conferenceId, "participant-join", 1, "a"), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(new Uri(host.Urls.ConferenceCallback("room")), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.NotNull(await TestHost.EventuallyAsync(() => host.GetAsync($"conferences/{conferenceId}", ApiJson.Default.Conference), conference => conference is not null));
    }

    /// <summary>Takes what a host sends by OTLP, and sees it before it is encoded.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public string Url => _app.Urls.Single();

        public ConcurrentQueue<byte[]> Bodies { get; } = [];

        public ConcurrentQueue<string> Paths { get; } = [];

        public Exported<Activity> Spans { get; } = [];

        public Exported<Metric> Metrics { get; } = [];

        public static async Task<Collector> StartAsync()
        {
            WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            WebApplication app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            var collector = new Collector(app);
            app.MapPost("/{**path}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                bool zipped = request.Headers.ContentEncoding == "gzip";
                await (zipped ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body).CopyToAsync(body);
                collector.Bodies.Enqueue(body.ToArray());
                collector.Paths.Enqueue(request.Path);
            });
            await app.StartAsync(TestContext.Current.CancellationToken);
            return collector;
        }

        public Task<TestHost> StartHostAsync(AzuriteFixture azurite) => TestHost.StartAsync(
            azurite,
            new Dictionary<string, string?>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["Telemetry:SamplingRatio"] = "1",
            },
            logging: logging => logging.Services
                .ConfigureOpenTelemetryTracerProvider(traces => traces.AddInMemoryExporter(Spans))
                .ConfigureOpenTelemetryMeterProvider(metrics => metrics.AddInMemoryExporter(Metrics)));

        /// <summary>The trace of the callback that the host took. Other hosts of this process are seen as well.</summary>
        public Activity[] TraceOf(TestHost host)
        {
            int port = new Uri(host.BaseUrl).Port;
            Activity[] spans = Spans.Snapshot();
            Activity? root = Array.Find(spans, span => span.Kind == ActivityKind.Server && span.GetTagItem("server.port") is int own && own == port
                && span.GetTagItem("http.request.method") is "POST");
            return root is null ? [] : [.. spans.Where(span => span.TraceId == root.TraceId)];
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }

    /// <summary>What an exporter was given; it goes on giving while a test reads.</summary>
    private sealed class Exported<T> : Collection<T>
    {
        private readonly Lock _gate = new();

        public T[] Snapshot()
        {
            lock (_gate)
            {
                return [.. Items];
            }
        }

        protected override void InsertItem(int index, T item)
        {
            lock (_gate)
            {
                Items.Add(item);
            }
        }
    }
}

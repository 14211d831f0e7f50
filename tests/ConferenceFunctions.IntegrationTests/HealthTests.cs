using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Health;
using ConferenceFunctions.Core.Reconciliation;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using static ConferenceFunctions.IntegrationTests.Infrastructure.TestHostExtensions;

namespace ConferenceFunctions.IntegrationTests;

public class HealthTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Liveness_is_open_and_needs_no_storage_and_the_detail_asks_for_a_key()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "the-key" }, proxy.ConnectionString);
        proxy.Stop();

        using HttpResponseMessage live = await host.Client.GetAsync(new Uri("health", UriKind.Relative), TestContext.Current.CancellationToken);
        using var head = new HttpRequestMessage(HttpMethod.Head, new Uri("health", UriKind.Relative));
        using HttpResponseMessage headed = await host.Client.SendAsync(head, TestContext.Current.CancellationToken);
        using HttpResponseMessage detail = await host.Client.GetAsync(new Uri("health/detail", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal("""{"status":"ok"}""", await live.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Unauthorized), (live.StatusCode, headed.StatusCode, detail.StatusCode));
    }

    [Fact]
    public async Task An_idle_system_is_healthy_in_every_detail()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        HealthReport report = await ReadAsync(host);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(["blobs", "queues", "tables"], report.Storage.Select(service => service.Name));
        Assert.All(report.Storage, service => Assert.Equal(("ok", null), (service.Status, service.Error)));
        Assert.Equal(["callbacks", "recordings", "callbacks-poison", "recordings-poison"], report.Queues.Select(queue => queue.Name));
        Assert.All(report.Queues, queue => Assert.Equal((0, null), (queue.Messages, queue.OldestSeconds)));
        Assert.Equal(new DeadLetterHealth(0, false, null), report.DeadLetters);
        Assert.Equal(new ReconciliationHealth(false, null, null, null, null, 0, 0), report.Reconciliation);
    }

    [Fact]
    public async Task A_callback_that_was_put_back_is_as_old_as_when_it_was_received()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);

        await host.SendAsync(StorageNames.CallbackQueue, "of none of ours nobody knows more than when it came");
        HealthReport young = await ReadAsync(host);
        await host.SendAsync(StorageNames.CallbackQueue, Message(
            Queued(Callback.Json("c1", "participant-join", 1, "a")),
            Queued(Callback.Json("c1", "participant-join", 2, "b"), receivedAt: TimeProvider.System.GetUtcNow().AddMinutes(-10))));
        HealthReport old = await ReadAsync(host);

        Assert.InRange(young.Queues[0].OldestSeconds!.Value, 0, 60);
        Assert.InRange(old.Queues[0].OldestSeconds!.Value, 600, 660);
        Assert.Equal((1, 2), (young.Queues[0].Messages, old.Queues[0].Messages));
        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded), (young.Status, old.Status));
    }

    [Fact]
    public async Task Dead_letters_poison_messages_and_a_failed_reconciliation_degrade_it()
    {
        Dictionary<string, string?> settings = new()
        {
            ["AzureWebJobs.KeepPoisonCallbacks.Disabled"] = "true",
            ["AzureWebJobs.ReconcileConferences.Disabled"] = "true",
            ["SignalWire:SpaceUrl"] = "https://example.signalwire.com",
            ["SignalWire:ProjectId"] = "project",
            ["SignalWire:ApiToken"] = "token",
        };
        await using TestHost letters = await TestHost.StartAsync(azurite);
        await using TestHost poison = await TestHost.StartAsync(azurite, settings);
        await using TestHost failed = await TestHost.StartAsync(azurite, settings);
        await poison.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);

        using HttpResponseMessage refused = await letters.PostEventAsync("{\"unreadable\"");
        await poison.SendAsync("callbacks-poison", "poison");
        DateTimeOffset time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await failed.Services.GetRequiredService<ReconciliationStateStore>().WriteAsync(
            new ReconciliationState { LastStarted = time, LastError = "SignalWire refused the token.", RecordingsQueued = 3 }, null, TestContext.Current.CancellationToken);
        HealthReport[] reports = [await ReadAsync(letters), await ReadAsync(poison), await ReadAsync(failed)];

        Assert.All(reports, report => Assert.Equal(HealthStatus.Degraded, report.Status));
        Assert.Equal((1, false), (reports[0].DeadLetters!.Count, reports[0].DeadLetters!.More));
        Assert.NotNull(reports[0].DeadLetters!.Oldest);
        Assert.Equal(1, reports[1].Queues[2].Messages);
        Assert.Equal(new ReconciliationHealth(true, time, null, "SignalWire refused the token.", null, 3, 0), reports[2].Reconciliation);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_storage_down_or_silent_the_answer_still_comes_soon_and_names_what_fails(bool silent)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await TestHost.StartAsync(azurite, storage: proxy.ConnectionString);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        proxy.Intercept = async (service, context) =>
        {
            if (service == "blob")
            {
                return false;
            }

            await Task.Delay(silent ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Abort();
            return true;
        };

        proxy.Requests.Clear();
        long start = TimeProvider.System.GetTimestamp();
        HealthReport report = await ReadAsync(host);

        // Queues and tables: nobody else asks in the meantime but for messages.
        string[] asked = [.. proxy.Requests.Where(request => request.Method == "GET" && !request.Target.Contains("numofmessages", StringComparison.Ordinal) || request.Target.Contains("peekonly", StringComparison.Ordinal))
            .Select(request => request.Target)];
        Assert.Equal(asked.Distinct().Order(), asked.Order());
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal(["ok", "failing", "failing"], report.Storage.Select(service => service.Status));
        Assert.Null(report.Storage[0].Error);
        Assert.All(report.Storage.Skip(1), service => Assert.NotNull(service.Error));
        Assert.All(report.Queues, queue => Assert.Null(queue.Messages));
        Assert.Null(report.DeadLetters);
        Assert.Null(report.Reconciliation);
    }

    [Fact]
    public async Task Backlog_is_measured_for_alerts()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, TestHost.NotApplied);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        ConcurrentBag<(string Name, double Value, string? Queue)> measured = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add((instrument.Name, value, QueueOf(tags))));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => measured.Add((instrument.Name, value, QueueOf(tags))));
        listener.Start();
        await host.SendAsync(StorageNames.CallbackQueue, Message(
            Queued(Callback.Json("c1", "participant-join", 2, "b"), CallbackKind.Conference, TimeProvider.System.GetUtcNow().AddMinutes(-10))));
        using HttpResponseMessage refused = await host.PostEventAsync("{\"unreadable\"");

        await host.Services.GetRequiredService<BacklogMeter>().MeasureAsync(TestContext.Current.CancellationToken);

        Assert.Contains(("conference.queue.messages", 1, "callbacks"), measured);
        Assert.Contains(("conference.queue.messages", 0, "recordings-poison"), measured);
        Assert.Contains(("conference.dead_letters.kept", 1, null), measured);
        Assert.InRange(measured.Single(measurement => measurement.Name == "conference.dead_letters.age").Value, 0, 60);
        Assert.InRange(measured.Single(measurement => measurement is { Name: "conference.queue.age", Queue: "callbacks" }).Value, 600, 660);
    }

    private static string? QueueOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.Length == 0 ? null : tags[0].Value as string;

    private static async Task<HealthReport> ReadAsync(TestHost host)
    {
        string json = await host.Client.GetStringAsync(new Uri("health/detail", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains(JsonNode.Parse(json)!["status"]!.GetValue<string>(), (string[])["healthy", "degraded", "unhealthy"]);
        return System.Text.Json.JsonSerializer.Deserialize(json, ApiJson.Default.HealthReport)!;
    }
}

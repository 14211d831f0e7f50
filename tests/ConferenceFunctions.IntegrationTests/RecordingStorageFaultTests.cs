using Azure.Storage.Queues.Models;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What is our own fault is no attempt of a recording's schedule.</summary>
public class RecordingStorageFaultTests(RecordingScene scene, AzuriteFixture azurite) : IClassFixture<RecordingScene>
{
    private static readonly byte[] Audio = WaveAudio.Create(8, 60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("blob", null)]
    [InlineData("blob", "PUT")]
    [InlineData("table", null)]
    [InlineData("table", "PUT")]
    public async Task When_our_own_storage_fails_the_job_is_put_back_and_the_recording_has_lost_nothing(string service, string? method)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy.ConnectionString);
        RecordingArchiver archiver = host.Services.GetRequiredService<RecordingArchiver>();
        string id = scene.Add(Audio);
        await scene.PutRowAsync("c1", id, host: host);
        // The last attempt of its schedule: what counts as one fails it.
        var job = new RecordingJob("c1", id, RecordingScene.Retries);
        proxy.Intercept = Answer(StatusCodes.Status403Forbidden, (name, context) => name == service && (method ?? context.Request.Method) == context.Request.Method);

        await archiver.ArchiveAsync(job, Token);
        proxy.Resume();
        Recording waiting = Assert.Single(await scene.RecordingsAsync("c1", host));
        RecordingJob back = await TakeJobAsync(host);
        await archiver.ArchiveAsync(back, Token);
        Recording archived = Assert.Single(await scene.RecordingsAsync("c1", host));

        Assert.Equal((RecordingStatus.Pending, 0, null), (waiting.Status, waiting.Attempts, waiting.NextAttempt));
        Assert.Equal(service == "blob" ? "Our own storage failed (status 403)." : null, waiting.Error);
        Assert.Equal(job with { PutBacks = 1 }, back);
        Assert.Equal((RecordingStatus.Archived, 1, null), (archived.Status, archived.Attempts, archived.Error));
        Assert.Equal(RecordedAudio.Of(Audio).Sha256, archived.Sha256);
        Assert.Empty(await host.DeadLettersAsync());
    }

    [Fact]
    public async Task While_not_even_the_queue_takes_it_the_function_goes_on_trying_and_the_recording_has_lost_nothing()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy.ConnectionString);
        string id = scene.Add(Audio, Misbehaviour.Answer(404));
        await scene.PutRowAsync("c1", id, host: host);
        var job = new RecordingJob("c1", id);
        int refused = 0;
        proxy.Intercept = Answer(
            StatusCodes.Status403Forbidden,
            (name, context) => name == "queue" && HttpMethods.IsPost(context.Request.Method) && Interlocked.Increment(ref refused) > 0);

        Task archiving = host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(job, Token);
        await TestHost.EventuallyAsync(() => Task.FromResult(Volatile.Read(ref refused)), count => count > 1 || archiving.IsCompleted);
        bool isOver = archiving.IsCompleted;
        proxy.Resume();
        await archiving;
        Recording waiting = Assert.Single(await scene.RecordingsAsync("c1", host));

        Assert.False(isOver);
        Assert.Equal(job with { PutBacks = 1 }, await TakeJobAsync(host));
        Assert.Equal((RecordingStatus.Pending, 0, null), (waiting.Status, waiting.Attempts, waiting.NextAttempt));
        Assert.Empty(await host.DeadLettersAsync());
    }

    [Fact]
    public async Task A_failed_attempt_that_its_row_can_not_note_is_followed_by_one_message_not_by_two()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy.ConnectionString);
        string id = scene.Add(Audio, Misbehaviour.Answer(404));
        await scene.PutRowAsync("c1", id, host: host);
        proxy.Intercept = Answer(StatusCodes.Status403Forbidden, (name, context) => name == "table" && HttpMethods.IsPut(context.Request.Method));

        await host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob("c1", id, 1), Token);
        proxy.Resume();

        Assert.Equal(1, await host.CountAsync(StorageNames.RecordingQueue));
        Assert.Equal(new RecordingJob("c1", id, 2), await TakeJobAsync(host));
    }

    [Fact]
    public async Task What_was_not_foreseen_is_an_attempt_that_failed_and_says_so()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        await using TestHost host = await StartAsync(proxy.ConnectionString);
        string id = scene.Add(Audio);
        await scene.PutRowAsync("c1", id, host: host);
        int refused = 0;
        proxy.Intercept = Answer(
            StatusCodes.Status400BadRequest, (name, context) => name == "table" && HttpMethods.IsPut(context.Request.Method) && Interlocked.Increment(ref refused) == 1);

        await host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob("c1", id, RecordingScene.Retries), Token);
        Recording failed = Assert.Single(await scene.RecordingsAsync("c1", host));

        Assert.Equal((RecordingStatus.Failed, 1), (failed.Status, failed.Attempts));
        Assert.Equal("It can't be fetched, for a reason that was not foreseen (status 400). The log says more.", failed.Error);
        Assert.Single(await host.DeadLettersAsync());
    }

    [Fact]
    public async Task Waiting_for_a_place_is_part_of_the_time_of_an_attempt_and_is_no_attempt_by_itself()
    {
        await using TestHost host = await StartAsync(scene.NewStorage(), ("Recordings:MaxParallel", "1"), ("Recordings:FetchTimeout", "00:00:02"));
        RecordingArchiver archiver = host.Services.GetRequiredService<RecordingArchiver>();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string slow = scene.Add(Audio, async (context, next) =>
        {
            asked.TrySetResult();
            await Misbehaviour.StallAfter(0)(context, next);
        });
        string other = scene.Add(Audio);
        await scene.PutRowAsync("c1", slow, host: host);
        await scene.PutRowAsync("c2", other, host: host);

        Task first = archiver.ArchiveAsync(new RecordingJob("c1", slow), Token);
        await asked.Task;
        await archiver.ArchiveAsync(new RecordingJob("c2", other, 2), Token);
        bool isFirstDone = first.IsCompleted;
        Recording waiting = Assert.Single(await scene.RecordingsAsync("c2", host));
        await first;
        Recording tookTooLong = Assert.Single(await scene.RecordingsAsync("c1", host));

        Assert.False(isFirstDone);
        Assert.Equal((RecordingStatus.Pending, 0), (waiting.Status, waiting.Attempts));
        Assert.Equal("Too many others were fetched.", waiting.Error);
        Assert.Equal(1, tookTooLong.Attempts);
        Assert.Contains("Recordings__FetchTimeout", tookTooLong.Error, StringComparison.Ordinal);
    }

    /// <summary>An app that archives only what a test hands it.</summary>
    private Task<TestHost> StartAsync(string storage, params (string Key, string Value)[] settings) =>
        scene.StartHostAsync(storage, [("AzureWebJobs.ArchiveRecording.Disabled", "true"), .. settings]);

    private static Func<string, HttpContext, Task<bool>> Answer(int status, Func<string, HttpContext, bool> when) => (service, context) =>
    {
        bool answers = when(service, context);
        context.Response.StatusCode = answers ? status : context.Response.StatusCode;
        return Task.FromResult(answers);
    };

    private static async Task<RecordingJob> TakeJobAsync(TestHost host)
    {
        QueueMessage message = await TestHost.EventuallyAsync(
            async () => (await host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).ReceiveMessageAsync(cancellationToken: Token)).Value, message => message is not null);
        return RecordingJob.Read(message.Body);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator.Recordings;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

public class RecordingResumeTests(RecordingScene scene) : IClassFixture<RecordingScene>
{
    private const int MiB = 1024 * 1024;

    [Fact]
    public async Task Downloads_cut_anywhere_are_archived_with_equal_sha256()
    {
        for (int i = 0; i < Seeded.Iterations(20, 100); i++)
        {
            int seed = Seeded.Seed + i;
            var random = new Random(seed);
            byte[] audio = Noise(random, random.Next(100, 10 * MiB));
            long[] cuts = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (long)random.Next(1, audio.Length))];
            string id = scene.Add(audio, Misbehaviour.CutAfter(cuts));

            Recording recording = await scene.ArchiveAsync(id, audio.Length);

            Assert.True(recording.Sha256 == RecordedAudio.Of(audio).Sha256, $"Failed with CF_SEED={seed}: {recording}");
            Assert.Equal((RecordingStatus.Archived, audio.LongLength), (recording.Status, recording.Size));
        }
    }

    [Fact]
    public async Task What_an_attempt_left_the_next_one_goes_on_with()
    {
        byte[] audio = Noise(new Random(Seeded.Seed), 22 * MiB);
        // Breaks after 9 MiB, and refuses what the attempt asks for then.
        string id = scene.Add(audio);
        Func<Microsoft.AspNetCore.Http.HttpContext, Microsoft.AspNetCore.Http.RequestDelegate, Task> cut = Misbehaviour.CutAfter(9 * MiB);
        int requests = 0;
        scene.Misbehave(id, (context, next) => ++requests == 2 ? Misbehaviour.Answer(503)(context, next) : cut(context, next));
        long served = scene.Server.BytesServed;

        Recording recording = await scene.ArchiveAsync(id, audio.Length);

        Assert.Equal((RecordingStatus.Archived, 2), (recording.Status, recording.Attempts));
        Assert.Equal(RecordedAudio.Of(audio).Sha256, recording.Sha256);
        // At least one block was staged, and was not fetched twice.
        Assert.InRange(scene.Server.BytesServed - served, audio.Length, audio.Length + (5 * MiB));
        BlobItem blob = (await scene.BlobsAsync(recording.Blob!.Split('/')[0])).Single(blob => blob.Name == recording.Blob);
        Assert.Equal(recording.Sha256, blob.Metadata["sha256"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_instances_fetching_at_once_leave_one_blob_and_one_row_that_agree(bool differ)
    {
        byte[] audio = Noise(new Random(Seeded.Seed), 9 * MiB);
        byte[] other = [.. audio[..(5 * MiB)], .. Noise(new Random(Seeded.Seed + 1), 5 * MiB)];
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int requests = 0;
        string id = "";
        id = scene.Add(audio, async (context, next) =>
        {
            int number = Interlocked.Increment(ref requests);
            if (number == 2)
            {
                both.SetResult();
            }

            await both.Task;
            await (differ && number == 2 ? Misbehaviour.Instead("audio/wav", other)(context, next) : next(context));
        });
        string conference = scene.NewConference();
        await using TestHost one = await scene.StartIdleHostAsync();
        await using TestHost two = await scene.StartIdleHostAsync();
        await scene.PutRowAsync(conference, id);
        var job = new RecordingJob(conference, id);

        await Task.WhenAll(new[] { one, two }.Select(host => host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(job, TestContext.Current.CancellationToken)));

        Recording recording = Assert.Single(await scene.RecordingsAsync(conference));
        byte[] stored = await scene.ReadAsync(recording.Blob!);
        Assert.Equal(RecordingStatus.Archived, recording.Status);
        Assert.InRange(requests, 2, int.MaxValue);
        Assert.Equal([recording.Blob, recording.Blob + ".json"], (await scene.BlobsAsync(conference)).Select(blob => blob.Name));
        Assert.Equal(RecordedAudio.Of(stored).Sha256, recording.Sha256);
        Assert.Contains(recording.Sha256, new[] { audio, differ ? other : audio }.Select(content => RecordedAudio.Of(content).Sha256));
        Assert.Contains(recording.Sha256!, Encoding.UTF8.GetString(await scene.ReadAsync(recording.Blob + ".json")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_that_is_there_before_the_row_says_so_is_taken_when_it_can_be_vouched_for(bool isWhole)
    {
        byte[] audio = Noise(new Random(Seeded.Seed), 5000);
        string id = scene.Add(audio);
        string conference = scene.NewConference();
        BlockBlobClient blob = scene.Host.Storage.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer).GetBlockBlobClient($"{conference}/{id}.wav");
        using var content = new MemoryStream(isWhole ? audio : audio[..4000]);
        await blob.UploadAsync(
            content, new BlobUploadOptions { Metadata = new Dictionary<string, string> { ["size"] = "5000" } }, TestContext.Current.CancellationToken);

        await scene.AnnounceAsync(conference, scene.UrlOf(id), audio.Length);
        Recording recording = await scene.SettledAsync(conference);

        Assert.Equal((RecordingStatus.Archived, isWhole ? 1 : 2), (recording.Status, recording.Attempts));
        Assert.Equal(RecordedAudio.Of(audio).Sha256, recording.Sha256);
        Assert.Equal(audio, await scene.ReadAsync(recording.Blob!));
    }

    [Fact]
    public async Task Killing_the_process_in_the_middle_of_a_download_costs_only_what_was_not_staged()
    {
        int size = (Seeded.IsLong ? 200 : 64) * MiB;
        long half = size / 2;
        byte[] audio = Noise(new Random(Seeded.Seed), size);
        string id = scene.Add(audio, Misbehaviour.StallAfter(half + 1000, times: 1));
        string conference = scene.NewConference();
        // The scene's own host would take the job.
        string storage = scene.NewStorage();
        Dictionary<string, string?> settings = scene.Settings().ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        settings["Recordings__StallTimeout"] = "00:01:00";
        string[] arguments = ["--urls", "http://127.0.0.1:0", "--storage", storage];
        await using (LocalHostProcess killed = LocalHostProcess.Start(arguments, settings))
        {
            await PostAsync(killed, conference, scene.UrlOf(id), size);
            await TestHost.EventuallyAsync(() => StagedAsync(storage, $"{conference}/{id}.wav"), staged => staged >= half - (4 * MiB));
            await killed.KillAsync();
        }

        long before = scene.Server.BytesServed;
        long staged = await StagedAsync(storage, $"{conference}/{id}.wav");
        await using TestHost host = await scene.StartHostAsync(storage);
        Recording recording = (await TestHost.EventuallyAsync(
            async () => (await host.GetAsync($"conferences/{conference}/recordings", Core.ApiJson.Default.PageRecording))?.Items ?? [],
            recordings => recordings is [{ Status: RecordingStatus.Archived }])).Single();

        Assert.Equal((RecordingStatus.Archived, audio.LongLength), (recording.Status, recording.Size));
        Assert.Equal(RecordedAudio.Of(audio).Sha256, recording.Sha256);
        Assert.InRange(staged, half - (4 * MiB), half);
        Assert.Equal(audio.Length - staged, scene.Server.BytesServed - before);
    }

    private static async Task PostAsync(LocalHostProcess process, string conference, string url, long size)
    {
        using var client = new HttpClient();
        Uri callback = await LocalHostProcess.CallbackUrlAsync(client, await process.ReadyAsync());
        var more = new JsonObject { ["recording_url"] = url, ["recording_file_size"] = size };
        using var content = new StringContent(Callback.Json(conference, "record-stop", 60, more: more), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(callback, content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Bytes of a blob that are staged and not committed.</summary>
    private static async Task<long> StagedAsync(string storage, string blob)
    {
        try
        {
            BlockList blocks = await new BlockBlobClient(storage, StorageNames.RecordingContainer, blob)
                .GetBlockListAsync(BlockListTypes.Uncommitted, cancellationToken: TestContext.Current.CancellationToken);
            return blocks.UncommittedBlocks.Sum(block => block.SizeLong);
        }
        catch (Azure.RequestFailedException exception) when (exception.Status == 404)
        {
            return 0;
        }
    }

    /// <summary>Audio that no two recordings have alike.</summary>
    private static byte[] Noise(Random random, int bytes)
    {
        byte[] audio = new byte[bytes];
        random.NextBytes(audio);
        WaveAudio.Create(1, 1).AsSpan(0, Math.Min(bytes, WaveAudio.HeaderBytes)).CopyTo(audio);
        return audio;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

public class RecordingArchiveTests(RecordingScene scene) : IClassFixture<RecordingScene>
{
    private static readonly byte[] Audio = WaveAudio.Create(7, 2);

    [Fact]
    public async Task A_recording_is_archived_whole_with_what_describes_it()
    {
        string id = scene.Add(Audio);

        Recording recording = await scene.ArchiveAsync(id, Audio.Length);

        Assert.Equal(RecordingStatus.Archived, recording.Status);
        Assert.Equal((id, 1, Audio.Length), (recording.RecordingId, recording.Attempts, recording.Size));
        Assert.Equal(RecordedAudio.Of(Audio).Sha256, recording.Sha256);
        Assert.Equal("audio/wav", recording.ContentType);
        Assert.Null(recording.SizeMismatch);
        Assert.Null(recording.Error);
        Assert.Equal(Audio, await scene.ReadAsync(recording.Blob!));
        string conference = recording.Blob!.Split('/')[0];
        Assert.Equal($"{conference}/{id}.wav", recording.Blob);
        BlobItem blob = (await scene.BlobsAsync(conference)).Single(blob => blob.Name == recording.Blob);
        Assert.Equal("audio/wav", blob.Properties.ContentType);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["conference_id"] = conference,
                ["conference_name"] = "team_meeting",
                ["recording_id"] = id,
                ["source"] = scene.UrlOf(id),
                ["duration_seconds"] = "2",
                ["size"] = $"{Audio.Length}",
                ["sha256"] = recording.Sha256!,
            },
            blob.Metadata);
    }

    [Fact]
    public async Task A_name_that_is_cut_at_a_blank_keeps_no_recording_from_being_stored()
    {
        // Storage does not see a blank at the end of a header, and would take the signature for wrong.
        string name = new string('a', 1499) + " b";
        string id = scene.Add(Audio);
        string conference = scene.NewConference();
        using HttpResponseMessage response = await scene.Host.PostEventAsync(
            Callback.Json(conference, "record-stop", 60, more: new JsonObject { ["recording_url"] = scene.UrlOf(id), ["name"] = name }));

        Recording recording = await scene.SettledAsync(conference);

        Assert.Equal((RecordingStatus.Archived, null), (recording.Status, recording.Error));
    }

    [Fact]
    public async Task A_manifest_beside_the_audio_tells_what_it_is()
    {
        string id = scene.Add(Audio);
        string conference = scene.NewConference();
        await scene.AnnounceAsync(conference, scene.UrlOf(id) + "?token=secret", Audio.Length + 1, "conference-end");

        Recording recording = await scene.SettledAsync(conference);

        JsonElement manifest = JsonDocument.Parse(await scene.ReadAsync(recording.Blob + ".json")).RootElement;
        Assert.Equal($"{id}.wav", manifest.GetProperty("file").GetString());
        Assert.Equal(recording.Sha256, manifest.GetProperty("sha256").GetString());
        Assert.Equal(Audio.Length, manifest.GetProperty("size").GetInt64());
        Assert.Equal(Audio.Length + 1, manifest.GetProperty("announced_size").GetInt64());
        Assert.Equal(2, manifest.GetProperty("duration_seconds").GetDouble());
        Assert.Equal(scene.UrlOf(id), manifest.GetProperty("source").GetString());
        Assert.Equal(conference, manifest.GetProperty("conference_id").GetString());
        Assert.Equal("team_meeting", manifest.GetProperty("conference_name").GetString());
        Assert.Equal("2026-01-01T00:01:00Z", manifest.GetProperty("ended_at").GetString());
        Assert.Contains("recording of a telephone conference", manifest.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", manifest.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("record-stop", "conference-end")]
    [InlineData("conference-end", "record-stop")]
    public async Task Both_events_repeated_and_at_once_lead_to_one_download_one_row_and_one_blob(string first, string second)
    {
        string id = scene.Add(Audio, Misbehaviour.Slow(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        string conference = scene.NewConference();

        await scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, first);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, second, 61 + i)));
        await scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, first);
        Recording recording = await scene.SettledAsync(conference);
        await scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, second, 70);
        await TestHost.EventuallyAsync(() => scene.Host.EventsAsync(conference), events => events.Count == 5);
        await scene.NoJobsAsync();

        Assert.Equal((RecordingStatus.Archived, 1), (recording.Status, recording.Attempts));
        Assert.Equal(1, scene.RequestsOf(id));
        Assert.Equal([$"{conference}/{id}.wav", $"{conference}/{id}.wav.json"], (await scene.BlobsAsync(conference)).Select(blob => blob.Name));
        Assert.Single(await scene.RecordingsAsync(conference));
    }

    [Fact]
    public async Task A_url_without_a_uuid_is_a_recording_too()
    {
        string id = "example-recording";
        scene.Server.Add(id, RecordedAudio.Of(Audio));
        string conference = scene.NewConference();

        await scene.AnnounceAsync(conference, scene.UrlOf(id) + "?a=1", status: "record-stop");
        await scene.AnnounceAsync(conference, scene.UrlOf(id) + "?b=2", status: "conference-end");
        Recording recording = await scene.SettledAsync(conference);

        Assert.Equal(RecordingStatus.Archived, recording.Status);
        Assert.Matches("^[0-9a-f]{32}$", recording.RecordingId);
        Assert.Equal(Audio, await scene.ReadAsync(recording.Blob!));
    }

    [Theory]
    [InlineData("..", ".~2E")]
    [InlineData("Größe /?#%", "Gr~C3~B6~C3~9Fe~20~2F~3F~23~25")]
    public async Task Odd_ids_lead_to_a_blob_of_their_own(string conference, string folder)
    {
        string id = scene.Add(Audio);

        await scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length);
        IReadOnlyList<Recording> recordings = await TestHost.EventuallyAsync(
            async () => await scene.Host.Services.GetRequiredService<Core.Conferences.ConferenceReader>().RecordingsAsync(conference, TestContext.Current.CancellationToken) ?? [],
            recordings => recordings is [{ Status: not RecordingStatus.Pending }]);

        Assert.Equal((RecordingStatus.Archived, $"{folder}/{id}.wav"), (recordings[0].Status, recordings[0].Blob));
        Assert.Equal(Audio, await scene.ReadAsync(recordings[0].Blob!));

        await scene.Host.Services.GetRequiredService<Core.Conferences.ConferenceEraser>().EraseAsync(conference, TestContext.Current.CancellationToken);

        Assert.Empty(await scene.BlobsAsync(folder));
    }

    [Fact]
    public async Task One_that_has_failed_is_a_dead_letter_and_begins_anew_when_its_job_is_replayed()
    {
        string id = scene.Add(Audio, Misbehaviour.Answer(404));
        string conference = scene.NewConference();
        await scene.AnnounceAsync(conference, scene.UrlOf(id));
        Recording failed = await scene.SettledAsync(conference);
        await scene.NoJobsAsync();
        int letters = await LettersAsync(conference);
        // As many attempts as only a schedule of its own has.
        scene.Misbehave(id, Misbehaviour.Answer(404, times: RecordingScene.Retries));

        await scene.Host.Services.GetRequiredService<RecordingJobs>().EnqueueAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        Recording replayed = await TestHost.EventuallyAsync(() => scene.SettledAsync(conference), recording => recording.Status == RecordingStatus.Archived);

        Assert.Equal((RecordingStatus.Failed, RecordingScene.Retries + 1, 1), (failed.Status, failed.Attempts, letters));
        Assert.Null(failed.NextAttempt);
        Assert.Equal(RecordingStatus.Archived, replayed.Status);
        Assert.Equal(2 * (RecordingScene.Retries + 1), replayed.Attempts);
        Assert.Null(replayed.Error);
    }

    [Fact]
    public async Task While_a_later_attempt_is_on_its_way_another_event_makes_none()
    {
        await using TestHost patient = await scene.StartIdleHostAsync(("Recordings:RetrySchedule", "01:00:00"));
        string id = scene.Add(Audio, Misbehaviour.Answer(503));
        string conference = scene.NewConference();
        RecordingArchiver archiver = patient.Services.GetRequiredService<RecordingArchiver>();
        await scene.PutRowAsync(conference, id);

        await archiver.ArchiveAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        await archiver.ArchiveAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        Recording waiting = Assert.Single(await scene.RecordingsAsync(conference));
        await scene.Host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).ClearMessagesAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, scene.RequestsOf(id));
        Assert.Equal((RecordingStatus.Pending, 1), (waiting.Status, waiting.Attempts));
        Assert.Contains("503", waiting.Error, StringComparison.Ordinal);
        Assert.InRange(waiting.NextAttempt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(72));
    }

    [Fact]
    public async Task One_that_is_absent_is_a_row_and_nothing_is_fetched()
    {
        string conference = scene.NewConference();
        string callback = Callback.Json(conference, "absent", 50);
        using var content = new StringContent(callback, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await scene.Host.Client.PostAsync(new Uri(scene.Host.Urls.RecordingCallback("room")), content, TestContext.Current.CancellationToken);

        Recording recording = await scene.SettledAsync(conference);

        Assert.Equal((RecordingStatus.Absent, 0), (recording.Status, recording.Attempts));
        Assert.Null(recording.RecordingUrl);
    }

    [Fact]
    public async Task One_that_was_begun_and_never_heard_of_again_is_missing()
    {
        string conference = scene.NewConference();
        using HttpResponseMessage begun = await scene.Host.PostEventAsync(Callback.Json(conference, "record-start", 1));
        using HttpResponseMessage ended = await scene.Host.PostEventAsync(Callback.Json(conference, "conference-end", 50));

        Recording recording = Assert.Single(await TestHost.EventuallyAsync(() => scene.RecordingsAsync(conference), recordings => recordings.Count > 0));

        Assert.Equal((RecordingView.MissingId, RecordingStatus.Missing), (recording.RecordingId, recording.Status));
    }

    [Fact]
    public async Task A_second_one_that_was_begun_and_never_heard_of_again_is_missing_beside_the_first()
    {
        string conference = scene.NewConference();
        string id = scene.Add(Audio);
        using HttpResponseMessage begun = await scene.Host.PostEventAsync(Callback.Json(conference, "record-start", 1));
        await scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, second: 10);
        await scene.SettledAsync(conference);
        using HttpResponseMessage ended = await scene.Host.PostEventAsync(Callback.Json(conference, "conference-end", 50));
        await TestHost.EventuallyAsync(() => scene.Host.EventsAsync(conference), events => events.Count == 3);
        IReadOnlyList<Recording> one = await scene.RecordingsAsync(conference);

        using HttpResponseMessage again = await scene.Host.PostEventAsync(Callback.Json(conference, "record-start", 20));
        IReadOnlyList<Recording> both = await TestHost.EventuallyAsync(() => scene.RecordingsAsync(conference), recordings => recordings.Count > 1);

        Assert.Equal([(id, RecordingStatus.Archived)], one.Select(recording => (recording.RecordingId, recording.Status)));
        Assert.Equal(
            [(id, RecordingStatus.Archived), (RecordingView.MissingId, RecordingStatus.Missing)], both.Select(recording => (recording.RecordingId, recording.Status)));
    }

    [Fact]
    public async Task An_announced_size_that_comes_late_and_differs_is_shown()
    {
        string id = scene.Add(Audio);
        string conference = scene.NewConference();
        await scene.AnnounceAsync(conference, scene.UrlOf(id));
        Recording before = await scene.SettledAsync(conference);

        await scene.AnnounceAsync(conference, scene.UrlOf(id), 1, "conference-end", 61);
        IReadOnlyList<Recording> after = await TestHost.EventuallyAsync(() => scene.RecordingsAsync(conference), recordings => recordings is [{ SizeMismatch: true }]);

        Assert.Null(before.SizeMismatch);
        Assert.Equal((RecordingStatus.Archived, 1L, before.Sha256), (after[0].Status, after[0].RecordingFileSize, after[0].Sha256));
    }

    [Fact]
    public async Task What_was_erased_does_not_come_back()
    {
        string id = "";
        string conference = scene.NewConference();
        id = scene.Add(Audio, async (context, next) =>
        {
            // Erased while the recording is on its way.
            Azure.Data.Tables.TableClient table = scene.Host.Storage.Tables.GetTableClient(StorageNames.ConferenceTable);
            await table.UpdateEntityAsync(
                new Azure.Data.Tables.TableEntity(conference, StorageKey.Conference) { ["erased"] = TimeProvider.System.GetUtcNow() }, Azure.ETag.All);
            await table.DeleteEntityAsync(conference, StorageKey.Recording(id));
            await next(context);
        });

        await scene.AnnounceAsync(conference, scene.UrlOf(id));
        await TestHost.EventuallyAsync(() => Task.FromResult(scene.RequestsOf(id)), count => count == 1);
        await scene.NoJobsAsync();

        Assert.Empty(await scene.BlobsAsync(conference));
    }

    [Fact]
    public async Task What_a_crash_left_of_an_erased_recording_is_deleted_with_the_repetition_of_its_job()
    {
        string conference = scene.NewConference();
        string id = scene.Add(Audio);
        Azure.Storage.Blobs.BlobContainerClient container = scene.Host.Storage.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer);
        foreach (string name in new[] { $"{conference}/{id}.wav", $"{conference}/{id}.wav.json", $"{conference}/other.wav" })
        {
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(Audio), TestContext.Current.CancellationToken);
        }

        using var block = new MemoryStream(Audio);
        await container.GetBlockBlobClient($"{conference}/{id}.mp3").StageBlockAsync("AAAA", block, cancellationToken: TestContext.Current.CancellationToken);

        await scene.Host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob(conference, id, 2), TestContext.Current.CancellationToken);
        List<string> left = [];
        await foreach (BlobItem blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = conference + "/", States = BlobStates.Uncommitted }, TestContext.Current.CancellationToken))
        {
            left.Add(blob.Name);
        }

        Assert.Equal([$"{conference}/other.wav"], left);
        Assert.Equal(0, scene.RequestsOf(id));
    }

    [Theory]
    [InlineData(410)]
    [InlineData(404)]
    public async Task Of_one_that_was_erased_while_it_failed_nothing_is_left_not_even_a_dead_letter(int status)
    {
        string id = "";
        string conference = scene.NewConference();
        id = scene.Add(Audio, async (context, next) =>
        {
            using HttpResponseMessage erased = await scene.Host.DeleteAsync($"conferences/{conference}");
            await Misbehaviour.Answer(status)(context, next);
        });

        await scene.AnnounceAsync(conference, scene.UrlOf(id));
        await TestHost.EventuallyAsync(() => Task.FromResult(scene.RequestsOf(id)), count => count == 1);
        await scene.NoJobsAsync();

        Assert.Equal(1, scene.RequestsOf(id));
        Assert.Empty(await scene.BlobsAsync(conference));
        Assert.Equal(0, await LettersAsync(conference));
    }

    [Fact]
    public async Task One_that_another_instance_archived_while_this_one_failed_stays_archived_without_a_dead_letter()
    {
        string id = "";
        string conference = scene.NewConference();
        id = scene.Add(Audio, async (context, next) =>
        {
            await SetStatusAsync(conference, id, RecordingStatus.Archived);
            await Misbehaviour.Answer(410)(context, next);
        });

        await scene.AnnounceAsync(conference, scene.UrlOf(id));
        Recording recording = await scene.SettledAsync(conference);
        await scene.NoJobsAsync();

        Assert.Equal((RecordingStatus.Archived, null), (recording.Status, recording.Error));
        Assert.Equal(0, await LettersAsync(conference));
    }

    [Theory]
    [InlineData(RecordingStatus.Pending, 1)]
    [InlineData(RecordingStatus.Archived, 0)]
    [InlineData(null, 0)]
    public async Task A_job_that_was_poison_is_a_dead_letter_unless_its_recording_is_archived_or_gone(RecordingStatus? status, int letters)
    {
        await using TestHost host = await scene.StartHostAsync(scene.NewStorage(), ("AzureWebJobs.ArchiveRecording.Disabled", "true"));
        string id = scene.Add(Audio);
        if (status is not null)
        {
            await scene.PutRowAsync("c1", id, host: host);
            await SetStatusAsync("c1", id, status.Value, host);
        }

        await host.Services.GetRequiredService<Core.DeadLetters.PoisonMessages>().KeepRecordingAsync(
            System.Text.Encoding.UTF8.GetBytes(new RecordingJob("c1", id, 2, 3).Write()), TestContext.Current.CancellationToken);
        IReadOnlyList<Core.DeadLetters.DeadLetter> kept = await host.DeadLettersAsync();
        Recording? recording = (await scene.RecordingsAsync("c1", host)).SingleOrDefault();

        Assert.Equal(letters, kept.Count);
        if (status == RecordingStatus.Pending)
        {
            Assert.Equal(RecordingStatus.Failed, recording?.Status);
            Assert.Contains("as often as host.json allows", recording?.Error, StringComparison.Ordinal);
            using HttpResponseMessage replayed = await host.PostAsync($"dead-letters/{kept[0].Id}/replay");
            Azure.Storage.Queues.Models.QueueMessage job = await host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).ReceiveMessageAsync(cancellationToken: TestContext.Current.CancellationToken);
            await host.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(RecordingJob.Read(job.Body), TestContext.Current.CancellationToken);
            recording = Assert.Single(await scene.RecordingsAsync("c1", host));
            Assert.Equal((RecordingStatus.Archived, null), (recording.Status, recording.Error));
        }
        else
        {
            Assert.Equal(status, recording?.Status);
        }
    }

    [Fact]
    public async Task A_source_that_marks_its_versions_at_length_is_fetched_all_the_same()
    {
        byte[] audio = WaveAudio.Create(6, 590);
        string id = scene.Add(audio, Misbehaviour.WithHeaders(("ETag", $"\"{new string('x', 40_000)}\"")));

        Recording recording = await scene.ArchiveAsync(id, audio.Length);

        Assert.Equal((RecordingStatus.Archived, 1), (recording.Status, recording.Attempts));
        Assert.Equal(RecordedAudio.Of(audio).Sha256, recording.Sha256);
    }

    [Fact]
    public async Task The_copy_at_signalwire_is_deleted_once_the_archived_one_is_verified_and_only_when_asked_for()
    {
        await using TestHost deleting = await scene.StartIdleHostAsync(("Recordings:DeleteAtSource", "true"));
        int deletions = 0;
        string id = "";
        string conference = scene.NewConference();
        id = scene.Add(Audio, async (context, next) =>
        {
            if (context.Request.Method == "GET")
            {
                await next(context);
                return;
            }

            Assert.Equal("DELETE", context.Request.Method);
            Assert.Equal($"/api/relay/rest/recordings/{id}", context.Request.Path);
            Assert.StartsWith("Basic ", context.Request.Headers.Authorization.ToString(), StringComparison.Ordinal);
            Assert.Equal(RecordingStatus.Archived, Assert.Single(await scene.RecordingsAsync(conference)).Status);
            context.Response.Headers.RetryAfter = TimeProvider.System.GetUtcNow().AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            context.Response.StatusCode = ++deletions == 1 ? 503 : 204;
        });
        await scene.PutRowAsync(conference, id);

        await deleting.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        Recording refused = Assert.Single(await scene.RecordingsAsync(conference));
        await deleting.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob(conference, id, 1), TestContext.Current.CancellationToken);
        await deleting.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        Recording deleted = Assert.Single(await scene.RecordingsAsync(conference));
        await scene.Host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).ClearMessagesAsync(TestContext.Current.CancellationToken);

        Assert.Equal((RecordingStatus.Archived, 1), (refused.Status, refused.Attempts));
        Assert.Contains("does not delete it (503)", refused.Error, StringComparison.Ordinal);
        Assert.Null(refused.SourceDeletedAt);
        Assert.InRange(refused.NextAttempt!.Value - TimeProvider.System.GetUtcNow(), TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(73));
        Assert.NotNull(deleted.SourceDeletedAt);
        Assert.Null(deleted.Error);
        Assert.Equal(2, deletions);
    }

    [Fact]
    public async Task The_copy_at_signalwire_is_kept_where_the_archived_one_is_not_as_large_as_announced()
    {
        await using TestHost deleting = await scene.StartIdleHostAsync(("Recordings:DeleteAtSource", "true"));
        bool deleted = false;
        string id = scene.Add(Audio, (context, next) =>
        {
            deleted |= context.Request.Method == "DELETE";
            return next(context);
        });
        string conference = scene.NewConference();
        await scene.PutRowAsync(conference, id, Audio.Length + 1);

        await deleting.Services.GetRequiredService<RecordingArchiver>()
            .ArchiveAsync(new RecordingJob(conference, id, RecordingScene.Retries), TestContext.Current.CancellationToken);
        Recording recording = Assert.Single(await scene.RecordingsAsync(conference));

        Assert.Equal((RecordingStatus.Archived, true), (recording.Status, recording.SizeMismatch));
        Assert.Null(recording.SourceDeletedAt);
        Assert.False(deleted);
    }

    [Fact]
    public async Task The_copy_at_signalwire_is_not_said_to_be_deleted_where_its_url_does_not_tell_its_id()
    {
        await using TestHost deleting = await scene.StartIdleHostAsync(("Recordings:DeleteAtSource", "true"));
        string conference = scene.NewConference();
        string name = $"of-{conference}";
        scene.Server.Add(name, RecordedAudio.Of(Audio));
        await scene.PutRowAsync(conference, name);
        string id = RecordingId.From(scene.UrlOf(name));

        await deleting.Services.GetRequiredService<RecordingArchiver>().ArchiveAsync(new RecordingJob(conference, id), TestContext.Current.CancellationToken);
        Recording recording = Assert.Single(await scene.RecordingsAsync(conference));

        Assert.Equal((RecordingStatus.Archived, null), (recording.Status, recording.SourceDeletedAt));
        Assert.Equal(0, scene.RequestsOf(id));
    }

    [Fact]
    public async Task No_more_are_fetched_at_a_time_than_allowed()
    {
        (int now, int most) = (0, 0);
        string[] ids = [.. Enumerable.Range(0, 9).Select(_ => scene.Add(Audio, async (context, next) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(50, context.RequestAborted);
            Interlocked.Decrement(ref now);
            await next(context);
        }))];
        string conference = scene.NewConference();

        await Task.WhenAll(ids.Select((id, i) => scene.AnnounceAsync(conference, scene.UrlOf(id), Audio.Length, second: i)));
        IReadOnlyList<Recording> recordings = await TestHost.EventuallyAsync(
            () => scene.RecordingsAsync(conference), recordings => recordings.Count(recording => recording.Status == RecordingStatus.Archived) == ids.Length);

        Assert.Equal(ids.Order(), recordings.Select(recording => recording.RecordingId).Order());
        Assert.InRange(most, 2, new RecordingOptions().MaxParallel);
    }

    private async Task SetStatusAsync(string conference, string id, RecordingStatus status, TestHost? host = null) =>
        await (host ?? scene.Host).Storage.Tables.GetTableClient(StorageNames.ConferenceTable).UpdateEntityAsync(
            new Azure.Data.Tables.TableEntity(conference, StorageKey.Recording(id)) { ["status"] = status.ToString() }, Azure.ETag.All, cancellationToken: TestContext.Current.CancellationToken);

    private static void InterlockedMax(ref int target, int value)
    {
        for (int known = target; value > known && Interlocked.CompareExchange(ref target, value, known) != known; known = target)
        {
        }
    }

    private async Task<int> LettersAsync(string conference)
    {
        int count = 0;
        await foreach (Azure.Data.Tables.TableEntity letter in scene.Host.Storage.Tables.GetTableClient(StorageNames.DeadLetterTable)
            .QueryAsync<Azure.Data.Tables.TableEntity>(letter => letter.GetString("conference_id") == conference, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.Equal("recording-failed", letter.GetString("reason"));
            count++;
        }

        return count;
    }
}

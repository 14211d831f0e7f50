using System.Text;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.AspNetCore.Http;

namespace ConferenceFunctions.IntegrationTests;

public class RecordingMisbehaviourTests(RecordingScene scene) : IClassFixture<RecordingScene>
{
    private const int All = RecordingScene.Retries + 1;

    private static readonly byte[] Audio = WaveAudio.Create(3, 3);

    private static readonly byte[] Large = WaveAudio.Create(4, 590);

    /// <summary>What the server does, and how many attempts it takes until the recording is archived all the same.</summary>
    private static readonly Dictionary<string, (Func<Func<HttpContext, RequestDelegate, Task>> Misbehave, int Attempts)> Overcome = new()
    {
        ["not found twice"] = (() => Misbehaviour.Answer(404, 2), 3),
        ["in conflict once"] = (() => Misbehaviour.Answer(409, 1), 2),
        ["too early once"] = (() => Misbehaviour.Answer(425, 1), 2),
        ["failing three times"] = (() => Misbehaviour.Answer(500, 3), 4),
        ["unavailable once"] = (() => Misbehaviour.Answer(503, 1), 2),
        ["a page instead, once"] = (() => Misbehaviour.Instead("audio/wav", "<!DOCTYPE html><title>404</title>"u8.ToArray(), 1), 2),
        ["nothing instead, once"] = (() => Misbehaviour.Instead("audio/wav", [], 1), 2),
        ["only a part of it twice, as if that were all"] = (() => Misbehaviour.Instead("audio/wav", Audio[..20_000], 2), 3),
        ["cut in the first byte"] = (() => Misbehaviour.CutAfter(1), 1),
        ["cut in the last byte"] = (() => Misbehaviour.CutAfter(Audio.Length - 1), 1),
        ["cut twice"] = (() => Misbehaviour.CutAfter(1000, 2000), 1),
        ["cut, and no ranges"] = (() => Misbehaviour.All(Misbehaviour.WithoutRanges(), Misbehaviour.CutAfter(20_000)), 1),
        ["cut, and no validator"] = (() => Misbehaviour.All(Misbehaviour.WithHeaders(("ETag", null)), Misbehaviour.CutAfter(20_000, 30_000)), 1),
        ["cut, and a weak validator"] = (() => Misbehaviour.All(Misbehaviour.WithHeaders(("ETag", "W/\"1\"")), Misbehaviour.CutAfter(20_000)), 1),
        ["silent for a while"] = (() => Misbehaviour.StallAfter(20_000, 1), 1),
        ["silent from the beginning"] = (() => Misbehaviour.StallAfter(0, 1), 1),
        ["slow"] = (() => Misbehaviour.Slow(TimeSpan.FromMilliseconds(50), TimeProvider.System), 1),
        ["without a length"] = (() => Misbehaviour.WithHeaders(("Content-Length", null)), 1),
        ["without a length, and cut"] = (() => Misbehaviour.All(Misbehaviour.WithHeaders(("Content-Length", null)), Misbehaviour.CutAfter(20_000)), 1),
        ["of no type"] = (() => Misbehaviour.WithHeaders(("Content-Type", null)), 1),
        ["of a generic type"] = (() => Misbehaviour.WithHeaders(("Content-Type", "application/octet-stream")), 1),
        ["of a wrong type"] = (() => Misbehaviour.WithHeaders(("Content-Type", "text/html")), 1),
        ["redirecting once"] = (() => Misbehaviour.Redirect(1), 1),
        ["redirecting three times"] = (() => Misbehaviour.Redirect(3), 1),
        ["asking for credentials"] = (() => Misbehaviour.Protect(RecordingScene.ProjectId, RecordingScene.ApiToken), 1),
        ["forbidding without credentials"] = (() => Misbehaviour.Protect(RecordingScene.ProjectId, RecordingScene.ApiToken, 403), 1),
        ["redirecting, then asking for credentials"] =
            (() => Misbehaviour.All(Misbehaviour.Redirect(2), Misbehaviour.Protect(RecordingScene.ProjectId, RecordingScene.ApiToken)), 1),
        ["asking for credentials, and cut"] =
            (() => Misbehaviour.All(Misbehaviour.Protect(RecordingScene.ProjectId, RecordingScene.ApiToken), Misbehaviour.CutAfter(20_000)), 1),
        ["a range that was not asked for"] = (() => Misbehaviour.All(RangeOf("bytes 5-9/96044"), Misbehaviour.CutAfter(20_000)), 1),
        ["no such range"] = (() => Misbehaviour.All(RangeOf(null), Misbehaviour.CutAfter(20_000)), 1),
    };

    /// <summary>What the server does, after how many attempts the recording has failed, and what is said about it.</summary>
    private static readonly Dictionary<string, (Func<Func<HttpContext, RequestDelegate, Task>> Misbehave, int Attempts, string Error)> Fatal = new()
    {
        ["gone"] = (() => Misbehaviour.Answer(410), 1, "no longer (410)"),
        ["never found"] = (() => Misbehaviour.Answer(404), All, "not yet (404)"),
        ["never available"] = (() => Misbehaviour.Answer(503), All, "answered 503"),
        ["a page"] = (() => Misbehaviour.Instead("audio/wav", "<!DOCTYPE html><title>Not found</title>"u8.ToArray()), All, "no audio"),
        ["XML"] = (() => Misbehaviour.Instead("audio/wav", "<?xml version=\"1.0\"?><Error/>"u8.ToArray()), All, "no audio"),
        ["JSON"] = (() => Misbehaviour.Instead("audio/x-wav", "{\"error\":\"not ready yet\"}"u8.ToArray()), All, "no audio"),
        ["text after a mark"] = (() => Misbehaviour.Instead("audio/wav", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("not a recording")]), All, "no audio"),
        ["a few bytes"] = (() => Misbehaviour.Instead("audio/wav", "RIFF"u8.ToArray()), All, "no audio"),
        ["nothing"] = (() => Misbehaviour.Instead("audio/wav", []), All, "sent nothing"),
        ["redirecting four times"] = (() => Misbehaviour.Redirect(4), All, "more than 3 times"),
        ["redirecting in a circle"] = (() => Misbehaviour.Redirect(int.MaxValue), All, "more than 3 times"),
        ["asking for other credentials"] = (() => Misbehaviour.Protect("somebody", "else"), All, "refuses SignalWire__ProjectId"),
        ["silent, and gone"] = (() => SilentThenGone(), 2, "no longer (410)"),
        ["cut always, with no validator"] =
            (() => Misbehaviour.All(Misbehaviour.WithHeaders(("ETag", null)), Misbehaviour.CutAfter([.. Enumerable.Repeat(9000L, 50)])), All, "breaks again and again"),
        ["endless"] = (Misbehaviour.Endless, 1, "larger than Recordings__MaxBytes"),
        ["too large by its own account"] = (() => TooLarge(), 1, "larger than Recordings__MaxBytes"),
        ["without any sign of an end"] = (() => WithoutEnd(), All, "did not say whether that is all"),
    };

    public static TheoryData<string> Overcomes() => [.. Overcome.Keys];

    public static TheoryData<string> Fatals() => [.. Fatal.Keys];

    [Theory]
    [MemberData(nameof(Overcomes))]
    public async Task A_recording_is_archived_in_the_end_though_the_server_is(string misbehaviour)
    {
        (Func<Func<HttpContext, RequestDelegate, Task>> misbehave, int attempts) = Overcome[misbehaviour];
        string id = scene.Add(Audio, misbehave());

        Recording recording = await scene.ArchiveAsync(id, Audio.Length);

        Assert.Null(recording.Error);
        Assert.Equal((RecordingStatus.Archived, attempts), (recording.Status, recording.Attempts));
        Assert.Equal(RecordedAudio.Of(Audio).Sha256, recording.Sha256);
        Assert.Equal(Audio, await scene.ReadAsync(recording.Blob!));
    }

    [Theory]
    [MemberData(nameof(Fatals))]
    public async Task A_recording_fails_and_nothing_is_stored_when_the_server_is(string misbehaviour)
    {
        (Func<Func<HttpContext, RequestDelegate, Task>> misbehave, int attempts, string error) = Fatal[misbehaviour];
        string id = scene.Add(Audio, misbehave());
        string conference = scene.NewConference();
        await scene.AnnounceAsync(conference, scene.UrlOf(id));

        Recording recording = await scene.SettledAsync(conference);

        Assert.Equal((RecordingStatus.Failed, attempts), (recording.Status, recording.Attempts));
        Assert.Contains(error, recording.Error, StringComparison.Ordinal);
        Assert.Null(recording.Blob);
        Assert.Null(recording.Sha256);
        Assert.Empty(await scene.BlobsAsync(conference));
    }

    [Fact]
    public async Task One_of_another_size_than_announced_is_archived_when_no_attempt_is_left_and_marked()
    {
        string id = scene.Add(Audio);

        Recording recording = await scene.ArchiveAsync(id, Audio.Length + 100);

        Assert.Equal((RecordingStatus.Archived, All, true), (recording.Status, recording.Attempts, recording.SizeMismatch));
        Assert.Equal((Audio.Length, Audio.Length + 100), (recording.Size, recording.RecordingFileSize));
        Assert.Equal(Audio, await scene.ReadAsync(recording.Blob!));
    }

    [Fact]
    public async Task A_server_that_asks_to_be_left_alone_is()
    {
        long first = 0;
        long second = 0;
        string id = scene.Add(Audio, (context, next) =>
        {
            (first, second) = first == 0 ? (TimeProvider.System.GetTimestamp(), 0) : (first, TimeProvider.System.GetTimestamp());
            return second == 0 ? Misbehaviour.Answer(429, retryAfter: TimeSpan.FromSeconds(2))(context, next) : next(context);
        });

        Recording recording = await scene.ArchiveAsync(id, Audio.Length);

        Assert.Equal((RecordingStatus.Archived, 2), (recording.Status, recording.Attempts));
        Assert.InRange(TimeProvider.System.GetElapsedTime(first, second), TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Credentials_are_sent_only_after_they_were_asked_for()
    {
        string id = scene.Add(Audio, Misbehaviour.Protect(RecordingScene.ProjectId, RecordingScene.ApiToken));
        string open = scene.Add(Audio);

        await scene.ArchiveAsync(id, Audio.Length);
        await scene.ArchiveAsync(open, Audio.Length);

        Assert.Equal([false, true], scene.Server.Requests.Where(request => request.Path.Contains(id, StringComparison.Ordinal)).Select(request => request.Headers.Authorization.Count > 0));
        Assert.Equal([false], scene.Server.Requests.Where(request => request.Path.Contains(open, StringComparison.Ordinal)).Select(request => request.Headers.Authorization.Count > 0));
        Assert.DoesNotContain(scene.Log.Lines, line => line.Contains(RecordingScene.ApiToken, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mp3", "audio/mpeg", new byte[] { 0xFF, 0xFB, 0x90, 0x64 })]
    [InlineData("mp3", "audio/mpeg", new byte[] { (byte)'I', (byte)'D', (byte)'3', 4 })]
    [InlineData("ogg", "audio/ogg", new byte[] { (byte)'O', (byte)'g', (byte)'g', (byte)'S' })]
    [InlineData("mp4", "audio/mp4", new byte[] { 0, 0, 0, 0x18, (byte)'f', (byte)'t', (byte)'y', (byte)'p' })]
    public async Task Other_audio_is_known_by_its_first_bytes(string extension, string contentType, byte[] head)
    {
        byte[] audio = [.. head, .. new byte[5000]];
        string id = scene.Add(audio);

        Recording recording = await scene.ArchiveAsync(id, audio.Length);

        Assert.Equal((RecordingStatus.Archived, contentType), (recording.Status, recording.ContentType));
        Assert.EndsWith($"{id}.{extension}", recording.Blob, StringComparison.Ordinal);
        Assert.Equal(audio, await scene.ReadAsync(recording.Blob!));
    }

    [Fact]
    public async Task A_source_that_changes_in_the_middle_is_begun_anew()
    {
        byte[] other = WaveAudio.Create(5, 600);
        string id = "";
        Func<HttpContext, RequestDelegate, Task> cut = Misbehaviour.CutAfter(9_000_000);
        int requests = 0;
        id = scene.Add(Large, (context, next) =>
        {
            if (++requests == 2)
            {
                scene.Server.Add(id, RecordedAudio.Of(other));
            }

            return cut(context, next);
        });

        Recording recording = await scene.ArchiveAsync(id);

        Assert.Equal((RecordingStatus.Archived, 1), (recording.Status, recording.Attempts));
        Assert.Equal(RecordedAudio.Of(other).Sha256, recording.Sha256);
        Assert.Equal(other, await scene.ReadAsync(recording.Blob!));
    }

    /// <summary>Answers a range with another one, or with 416.</summary>
    private static Func<HttpContext, RequestDelegate, Task> RangeOf(string? range) => (context, next) =>
    {
        if (context.Request.Headers.Range.Count == 0)
        {
            return next(context);
        }

        context.Response.StatusCode = range is null ? 416 : 206;
        context.Response.Headers.ContentRange = range;
        return range is null ? Task.CompletedTask : context.Response.WriteAsync("wrong");
    };

    private static Func<HttpContext, RequestDelegate, Task> SilentThenGone()
    {
        (int requests, Func<HttpContext, RequestDelegate, Task> silent, Func<HttpContext, RequestDelegate, Task> gone) =
            (0, Misbehaviour.StallAfter(0), Misbehaviour.Answer(410));
        return (context, next) => ++requests <= 3 ? silent(context, next) : gone(context, next);
    }

    private static Func<HttpContext, RequestDelegate, Task> TooLarge() => async (context, _) =>
    {
        context.Response.ContentLength = 1L << 40;
        await context.Response.Body.WriteAsync(Audio, context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    };

    /// <summary>Neither a length nor chunks: the connection is closed, as HTTP/1.0 has it.</summary>
    private static Func<HttpContext, RequestDelegate, Task> WithoutEnd() => async (context, _) =>
    {
        context.Response.Headers.Connection = "close";
        context.Response.Headers.TransferEncoding = "identity";
        await context.Response.Body.WriteAsync(Audio, context.RequestAborted);
    };
}

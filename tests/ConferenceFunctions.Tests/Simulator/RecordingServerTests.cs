using System.Net;
using System.Net.Http.Headers;
using ConferenceFunctions.Simulator;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

public sealed class RecordingServerTests : IAsyncLifetime
{
    private static readonly RecordedAudio Audio = RecordedAudio.Of(WaveAudio.Create(1, 1));

    private readonly HttpClient _http = new();
    private RecordingServer _server = null!;

    private Uri Url => new(_server.BaseUrl + RecordingServer.PathOf(FakeRecorder.Id));

    public async ValueTask InitializeAsync()
    {
        _server = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        _server.Add(FakeRecorder.Id, Audio);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_recording_is_served_whole()
    {
        using HttpResponseMessage response = await _http.GetAsync(Url, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("audio/x-wav", response.Content.Headers.ContentType!.ToString());
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal(Audio.Content, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_range_is_served_while_the_recording_is_the_same()
    {
        using HttpResponseMessage whole = await _http.GetAsync(Url, TestContext.Current.CancellationToken);

        using HttpResponseMessage same = await GetRangeAsync(whole.Headers.ETag!);
        using HttpResponseMessage other = await GetRangeAsync(new EntityTagHeaderValue("\"other\""));

        Assert.Equal(HttpStatusCode.PartialContent, same.StatusCode);
        Assert.Equal(Audio.Content[100..], await same.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(Audio.Content.Length, other.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_recording_that_is_not_there_is_not_found()
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri(_server.BaseUrl + RecordingServer.PathOf("none")), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task It_misbehaves_when_it_is_told_to()
    {
        int requests = 0;
        _server.Misbehave = (context, next) =>
        {
            context.Response.StatusCode = 503;
            return ++requests == 1 ? Task.CompletedTask : Restore(context, next);
        };

        using HttpResponseMessage first = await _http.GetAsync(Url, TestContext.Current.CancellationToken);
        using HttpResponseMessage second = await _http.GetAsync(Url, TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK], [first.StatusCode, second.StatusCode]);

        static Task Restore(Microsoft.AspNetCore.Http.HttpContext context, Microsoft.AspNetCore.Http.RequestDelegate next)
        {
            context.Response.StatusCode = 200;
            return next(context);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        Assert.Null(await RecordingServer.StartAsync(new Uri(_server.BaseUrl).Port, TestContext.Current.CancellationToken));

        SimulationResult result = await ConferenceFunctions.Simulator.Simulator.RunAsync(
            new SimulationOptions { Urls = ["http://127.0.0.1:1/api/swml/team"], RecordingPort = new Uri(_server.BaseUrl).Port },
            new Spectre.Console.Testing.TestConsole(), TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--recording-port", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recorder_has_what_it_announces_served()
    {
        var recorder = new SimulatedRecorder(_server, "https://public.example", new SimulationOptions { Urls = [] });

        SimulatedRecording recording = recorder.Finish(TimeSpan.FromSeconds(2.9))!;
        byte[] served = await _http.GetByteArrayAsync(new Uri(_server.BaseUrl + RecordingServer.PathOf(recording.Id)), TestContext.Current.CancellationToken);

        Assert.Equal($"https://public.example/api/v1/recordings/{recording.Id}/download", recording.Url);
        Assert.Equal((2, 32_044L), (recording.Duration, recording.FileSize));
        Assert.Equal(recording.FileSize, served.Length);
        Assert.Null(recorder.Finish(TimeSpan.FromSeconds(0.9)));
    }

    [Fact]
    public void A_recorder_without_a_server_declines()
    {
        var recorder = new SimulatedRecorder(null, "", new SimulationOptions { Urls = [], Record = true });

        Assert.False(recorder.CanRecord());
        Assert.True(recorder.Declined);
    }

    private async Task<HttpResponseMessage> GetRangeAsync(EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

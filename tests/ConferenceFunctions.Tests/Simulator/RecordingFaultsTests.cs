using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ConferenceFunctions.Simulator.Logs;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

public sealed class RecordingFaultsTests : IAsyncLifetime
{
    private static readonly RecordedAudio Audio = RecordedAudio.Of(WaveAudio.Create(1, 2));

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private RecordingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        _server.Add("one", Audio);
        _server.Add("other", Audio);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("not-ready", "404 404 whole")]
    [InlineData("not-ready:1", "404 whole whole")]
    [InlineData("failing:2", "503 503 whole")]
    [InlineData("throttled:7", "429 after 7, whole")]
    [InlineData("gone", "410 410 410")]
    [InlineData("protected", "401 401 401")]
    [InlineData("redirect", "302 302 302")]
    [InlineData("cut:1000", "broken whole whole")]
    [InlineData("short:1000", "1000 1000 1000")]
    [InlineData("page:1", "39 whole whole")]
    [InlineData("slow:1", "whole whole whole")]
    [InlineData("not-ready:1 cut:1000", "404 broken whole")]
    public async Task The_server_does_with_each_recording_what_it_is_told(string faults, string answers)
    {
        _server.Misbehave = new RecordingFaults(faults.Split(' ')).MisbehaveAsync;

        foreach (string id in new[] { "one", "other" })
        {
            List<string> seen = [];
            foreach (string _ in answers.Replace(" after 7,", "", StringComparison.Ordinal).Split(' '))
            {
                seen.Add(await AskAsync(id));
            }

            Assert.Equal(answers, string.Join(' ', seen));
        }
    }

    [Fact]
    public async Task The_log_of_conferences_is_served_as_ever()
    {
        _server.Misbehave = new RecordingFaults(["gone"]).MisbehaveAsync;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{_server.BaseUrl}/api/logs/conferences");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SpaceApi.ProjectId}:{SpaceApi.ApiToken}")));

        using HttpResponseMessage response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("cut:")]
    [InlineData("cut:-1")]
    [InlineData("cut:1:2")]
    [InlineData("CUT")]
    public void What_is_no_fault_is_none(string fault) => Assert.False(RecordingFaults.IsFault(fault));

    [Fact]
    public void Every_word_that_is_explained_is_known() =>
        Assert.All(RecordingFaults.Words.Split(", "), word => Assert.True(RecordingFaults.IsFault(word.Split('[')[0]), word));

    private async Task<string> AskAsync(string id)
    {
        try
        {
            using HttpResponseMessage response = await _http.GetAsync(new Uri(_server.BaseUrl + RecordingServer.PathOf(id)), TestContext.Current.CancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            return response.StatusCode != HttpStatusCode.OK
                ? $"{(int)response.StatusCode}{(response.Headers.RetryAfter is { Delta: { } delay } ? $" after {delay.TotalSeconds}," : "")}"
                : body.SequenceEqual(Audio.Content) ? "whole" : $"{body.Length}";
        }
        catch (HttpRequestException)
        {
            return "broken";
        }
    }
}

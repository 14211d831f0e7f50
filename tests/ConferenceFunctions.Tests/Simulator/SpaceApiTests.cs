using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Logs;
using ConferenceFunctions.Simulator.Recordings;

namespace ConferenceFunctions.Tests.Simulator;

public sealed class SpaceApiTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RecordedAudio Audio = RecordedAudio.Of(WaveAudio.Create(1, 1));

    private readonly HttpClient _http = new();
    private RecordingServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        _http.BaseAddress = new Uri(_server.BaseUrl);
        _http.DefaultRequestHeaders.Authorization = Basic(SpaceApi.ApiToken);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_conference_is_in_the_log_from_its_start_to_its_end_whatever_its_callbacks_are()
    {
        var room = new Room(Room.Everything with { StatusCallback = null });
        room.Join("ann");
        Note(room);
        JsonNode going = Assert.Single(await ItemsAsync("/api/logs/conferences"))!;
        room.Leave("ann");
        Note(room);
        JsonNode ended = Assert.Single(await ItemsAsync("/api/logs/conferences"))!;

        Assert.Equal("relay_conference", going["type"]!.GetValue<string>());
        Assert.Equal((Room.ConferenceId, "team_meeting", "in-progress"), (Text(going, "id"), Text(going, "name"), Text(going, "status")));
        Assert.Equal("completed", Text(ended, "status"));
        Assert.Equal(Text(going, "created_at"), Text(ended, "created_at"));
        Assert.True(string.CompareOrdinal(Text(ended, "updated_at"), Text(going, "updated_at")) > 0);
        Assert.Null(ended["recording_url"]);
    }

    [Fact]
    public async Task Pages_follow_their_links_to_the_last_and_hold_everything_once()
    {
        AddConferences(7);
        List<string> ids = [];
        string? url = "/api/logs/conferences?page_size=3";
        for (; url is not null; url = (await GetAsync(url))["links"]!["next"]?.GetValue<string>())
        {
            ids.AddRange((await ItemsAsync(url)).Select(item => Text(item!, "id")));
        }

        Assert.Equal(["c6", "c5", "c4", "c3", "c2", "c1", "c0"], ids);
    }

    [Fact]
    public async Task The_time_of_creation_bounds_the_list()
    {
        AddConferences(5);

        Assert.Equal(["c3", "c2"], (await ItemsAsync("/api/logs/conferences?created_after=2026-01-01T00:02:00Z&created_before=2026-01-01T00:04:00Z")).Select(item => Text(item!, "id")));
    }

    [Theory]
    [InlineData("page_size=1001")]
    [InlineData("page_size=0")]
    [InlineData("page_token=x")]
    [InlineData("created_after=yesterday")]
    public async Task Parameters_that_cannot_be_used_are_refused(string query)
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri($"/api/logs/conferences?{query}", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
    }

    [Theory]
    [InlineData("/api/logs/conferences")]
    [InlineData("/api/relay/rest/recordings/" + FakeRecorder.Id)]
    public async Task Only_who_has_the_token_is_told(string path)
    {
        _http.DefaultRequestHeaders.Authorization = Basic("PT_other");

        using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_recording_tells_its_conference_until_it_is_deleted()
    {
        _server.Add(FakeRecorder.Id, Audio);
        _server.Log.Set(new LoggedConference("c1", "team", LoggedConference.Completed, Start, Start, new SimulatedRecording(FakeRecorder.Id, FakeRecorder.Url, 1, Audio.Content.Length)));
        var url = new Uri($"/api/relay/rest/recordings/{FakeRecorder.Id}", UriKind.Relative);

        JsonNode recording = await GetAsync(url.ToString());
        using HttpResponseMessage deleted = await _http.DeleteAsync(url, TestContext.Current.CancellationToken);
        using HttpResponseMessage again = await _http.DeleteAsync(url, TestContext.Current.CancellationToken);
        using HttpResponseMessage audio = await _http.GetAsync(new Uri(RecordingServer.PathOf(FakeRecorder.Id), UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(("c1", FakeRecorder.Url), (Text(recording, "relay_conference_id"), Text(recording, "url")));
        Assert.Equal((Audio.Content.Length, 1), (recording["byte_size"]!.GetValue<int>(), recording["duration_in_seconds"]!.GetValue<int>()));
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [deleted.StatusCode, again.StatusCode, audio.StatusCode]);
    }

    private static AuthenticationHeaderValue Basic(string token) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{SpaceApi.ProjectId}:{token}")));

    private static string Text(JsonNode item, string name) => item[name]!.GetValue<string>();

    private void Note(Room room) => room.Sink.Noted.ForEach(e => _server.Log.Note(Room.ConferenceId, "team_meeting", e));

    private void AddConferences(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _server.Log.Set(new LoggedConference($"c{i}", "team", LoggedConference.Completed, Start.AddMinutes(i), Start.AddMinutes(i)));
        }
    }

    private async Task<JsonArray> ItemsAsync(string url) => (await GetAsync(url))["data"]!.AsArray();

    private async Task<JsonNode> GetAsync(string url) =>
        JsonNode.Parse(await _http.GetStringAsync(new Uri(url, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken))!;
}

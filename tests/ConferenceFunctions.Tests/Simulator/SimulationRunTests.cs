using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Simulator;
using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Comparison;
using Spectre.Console.Testing;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>Whole simulations against a backend that is a stub: no network, and no time passes.</summary>
public sealed class SimulationRunTests : IDisposable
{
    private const string Backend = "https://example.com";
    private const string Lists = "\"status_callback_event\":\"start end join leave mute hold modify\",\"recording_status_callback_event\":\"in-progress completed absent\"";

    private readonly TestConsole _console = new();
    private readonly ConcurrentQueue<(ConferenceEvent Event, ConferenceLogEntry Entry)> _log = [];
    private string _document = Join("");
    private Func<BackendState, BackendState> _change = state => state;
    private Func<string?, HttpStatusCode> _api = _ => HttpStatusCode.OK;

    private static SimulationOptions Options { get; } = new()
    {
        Urls = [$"{Backend}/api/swml/team?t=abc"],
        Speed = 1_000_000,
        Patience = TimeSpan.Zero,
    };

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_backend_that_keeps_everything_makes_it_succeed()
    {
        SimulationResult result = await RunAsync(Options);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^(\d+) callbacks acknowledged, \1 applied, 0 lost, 0 doubled; no recording$", result.Message);
        Assert.Equal(result.Message, _console.Lines[^1]);
        Assert.Single(result.ConferenceIds);
        Assert.Equal(5, _log.Count(taken => taken.Event.Status == ConferenceStatus.ParticipantJoin));
        Assert.Contains("seed 1", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_seed_plays_the_same_conference_with_another_id()
    {
        SimulationResult one = await RunAsync(Options);
        string[] first = [.. Played()];
        _log.Clear();
        SimulationResult other = await RunAsync(Options);

        Assert.Equal(first, Played());
        Assert.NotEqual(one.ConferenceIds, other.ConferenceIds);

        IEnumerable<string> Played() => _log.OrderBy(taken => taken.Event.Time).Select(taken => $"{taken.Event.Status} {taken.Event.Size}");
    }

    [Fact]
    public async Task A_backend_that_loses_an_event_makes_it_fail()
    {
        _change = state => state with { Log = [.. state.Log.Skip(1)] };

        SimulationResult result = await RunAsync(Options);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(" 1 lost, 0 doubled", result.Message, StringComparison.Ordinal);
        Assert.Contains("WRONG", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Callbacks_that_are_dropped_are_not_sent_and_not_expected()
    {
        SimulationResult result = await RunAsync(Options with { Drop = 0.3 });

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^(\d+) callbacks acknowledged, \1 applied, 0 lost, 0 doubled; no recording; [1-9]\d* dropped$", result.Message);
    }

    [Fact]
    public async Task What_the_backend_found_by_reconciliation_is_not_unexpected()
    {
        _change = state => state with { Log = [.. state.Log, state.Log[0] with { Source = "reconciliation", Timestamp = null }] };

        Assert.Equal(0, (await RunAsync(Options)).ExitCode);
    }

    [Fact]
    public async Task A_recording_that_cannot_be_reached_is_not_played()
    {
        SimulationResult result = await RunAsync(Options with { Record = true });

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("--recording-base", _console.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(_log, taken => taken.Event.Status == ConferenceStatus.RecordStart);
    }

    [Fact]
    public async Task A_document_that_is_invalid_makes_it_fail()
    {
        _document = """{"version":"1.0.0","sections":{"main":[{"join_conference":{"beep":true}}]}}""";

        SimulationResult result = await RunAsync(Options);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("sections.main[0]", _console.Output, StringComparison.Ordinal);
        Assert.Empty(_log);
    }

    [Fact]
    public async Task Callbacks_to_somebody_else_are_posted_and_not_compared()
    {
        _document = Join("\"status_callback\":\"https://other.example/events\",");

        SimulationResult result = await RunAsync(Options);

        Assert.Equal(0, result.ExitCode);
        Assert.NotEmpty(_log);
        Assert.Contains("the backend isn't told", _console.Output, StringComparison.Ordinal);
        Assert.Equal("0 callbacks acknowledged, 0 applied, 0 lost, 0 doubled; no recording", result.Message);
    }

    [Fact]
    public async Task The_API_is_asked_with_the_function_key()
    {
        _api = key => key == "secret" ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;

        SimulationResult without = await RunAsync(Options);
        Assert.Empty(_log);
        SimulationResult with = await RunAsync(Options with { Key = "secret" });

        Assert.Equal((2, 0), (without.ExitCode, with.ExitCode));
        Assert.Contains("--key", without.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_cannot_be_fetched_is_told_in_one_line()
    {
        SimulationResult result = await RunAsync(Options with { Urls = [$"{Backend}/api/swml/missing"] });

        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith("https://example.com/api/swml/missing gives no document: status 404.", result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Message);
    }

    [Fact]
    public async Task Who_waits_has_hold_music_fetched()
    {
        _document = Join("\"start_on_enter\":false,\"wait_url\":\"https://example.com/api/swml/silence\",");

        SimulationResult result = await RunAsync(Options);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("the document plays nothing", _console.Output, StringComparison.Ordinal);
        Assert.Empty(_log);
    }

    private static string Join(string properties) =>
        $$$"""{"version":"1.0.0","sections":{"main":[{"join_conference":{"name":"team",{{{properties}}}{{{(properties.Contains("\"status_callback\"", StringComparison.Ordinal) ? "" : "\"status_callback\":\"https://example.com/api/callbacks/conference/team?t=abc\",")}}}{{{Lists}}}}},"hangup"]}}""";

    private async Task<SimulationResult> RunAsync(SimulationOptions options)
    {
        _console.Profile.Width = 200;
        using var http = new HttpClient(new StubHandler(Answer));
        return await new SimulationRun(options, Backend, http, null, _console, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        string path = request.RequestUri!.AbsolutePath;
        if (path is "/events" || path.StartsWith("/api/callbacks/conference/", StringComparison.Ordinal))
        {
            _log.Enqueue(FakeBackend.Take(CallbackRequest.PostJson(request.RequestUri, Encoding.UTF8.GetBytes(body)), CallbackKind.Conference));
            return StubHandler.Status(HttpStatusCode.NoContent);
        }

        return path switch
        {
            "/api/swml/team" => StubHandler.Status(HttpStatusCode.OK, _document),
            "/api/swml/silence" => StubHandler.Status(HttpStatusCode.OK, """{"version":"1.0.0","sections":{"main":["answer"]}}"""),
            _ when path.StartsWith("/api/conferences/", StringComparison.Ordinal) => AnswerApi(request, path.Split('/')),
            _ => StubHandler.Status(HttpStatusCode.NotFound),
        };
    }

    private HttpResponseMessage AnswerApi(HttpRequestMessage request, string[] path)
    {
        HttpStatusCode status = _api(request.Headers.TryGetValues("x-functions-key", out IEnumerable<string>? keys) ? keys.Single() : null);
        (ConferenceEvent Event, ConferenceLogEntry Entry)[] log = [.. _log.Where(taken => taken.Event.ConferenceId == path[3])];
        if (status != HttpStatusCode.OK || log.Length == 0)
        {
            return StubHandler.Status(status == HttpStatusCode.OK ? HttpStatusCode.NotFound : status);
        }

        BackendState state = _change(FakeBackend.After(log));
        return StubHandler.Status(HttpStatusCode.OK, path.ElementAtOrDefault(4) switch
        {
            null => JsonSerializer.Serialize(state.Conference!, ApiJson.Default.Conference),
            "participants" => JsonSerializer.Serialize(new Page<Participant>(state.Participants, null), ApiJson.Default.PageParticipant),
            "recordings" => JsonSerializer.Serialize(new Page<Recording>(state.Recordings, null), ApiJson.Default.PageRecording),
            _ => JsonSerializer.Serialize(PageOf(state.Log, request.RequestUri!.Query), ApiJson.Default.PageConferenceLogEntry),
        });
    }

    // Two pages, so that the second one has to be asked for.
    private static Page<ConferenceLogEntry> PageOf(IReadOnlyList<ConferenceLogEntry> log, string query) =>
        query == "?cursor=10" ? new([.. log.Skip(10)], null) : new([.. log.Take(10)], "?cursor=10");
}

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
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Load;
using Spectre.Console.Testing;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>Whole loads against a backend that is a stub.</summary>
public sealed class LoadTests : IDisposable
{
    private const string Backend = "https://example.com";
    private const string Document =
        """{"version":"1.0.0","sections":{"main":[{"join_conference":{"name":"team","status_callback":"https://example.com/api/callbacks/conference/team?t=abc","status_callback_event":"start end join leave mute hold modify"}},"hangup"]}}""";

    private readonly TestConsole _console = new();
    private readonly ConcurrentQueue<(ConferenceEvent Event, ConferenceLogEntry Entry)> _log = [];
    private readonly ConcurrentQueue<string> _bodies = [];
    private Func<HttpStatusCode> _answer = () => HttpStatusCode.NoContent;
    private Func<ConferenceLogEntry, bool> _keeps = _ => true;

    private static LoadOptions Options { get; } = new()
    {
        Urls = [$"{Backend}/api/swml/team?t=abc"],
        Conferences = 5,
        Participants = 4,
        Patience = TimeSpan.Zero,
    };

    public void Dispose() => _console.Dispose();

    [Fact]
    public async Task A_backend_that_keeps_everything_makes_it_succeed()
    {
        SimulationResult result = await RunAsync(Options with { Duplicates = 0.2, Shuffle = true });

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^5 conferences, (\d+) callbacks acknowledged in .+ 0 refused, 0 retried, 0 dropped; \1 applied, 0 lost, 0 doubled, 0 unexpected$", result.Message);
        Assert.Equal(5, result.ConferenceIds.Count);
        Assert.InRange(_bodies.Count, _bodies.Distinct().Count() + 1, int.MaxValue);
        Assert.Contains("p99.9", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backend_that_loses_an_event_makes_it_fail()
    {
        string? lost = null;
        _keeps = entry => (lost ??= entry.Id) != entry.Id;

        SimulationResult result = await RunAsync(Options);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(" 1 lost, 0 doubled, 0 unexpected", result.Message, StringComparison.Ordinal);
        Assert.Contains("WRONG", _console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_dropped_is_neither_sent_nor_expected()
    {
        SimulationResult result = await RunAsync(Options with { Drop = 0.3 });

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@" [1-9]\d* dropped; (\d+) applied, 0 lost", result.Message);
    }

    [Fact]
    public async Task What_is_refused_is_tried_again_and_is_not_expected_in_the_end()
    {
        int requests = 0;
        _answer = () => Interlocked.Increment(ref requests) % 4 == 0 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NoContent;

        SimulationResult once = await RunAsync(Options with { Attempts = 1, Conferences = 2 });
        SimulationResult often = await RunAsync(Options with { Attempts = 10, Conferences = 1, Participants = 2 });

        Assert.Equal((0, 0), (once.ExitCode, often.ExitCode));
        Assert.Matches(@" [1-9]\d* refused, 0 retried", once.Message);
        Assert.Matches(@" 0 refused, [1-9]\d* retried", often.Message);
    }

    [Fact]
    public async Task Without_a_document_there_is_no_load()
    {
        SimulationResult result = await RunAsync(Options with { Urls = [$"{Backend}/api/swml/missing"] });

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("gives no document", result.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, LoadOptions> Unusable { get; } = new()
    {
        { "--url", Options with { Urls = [] } },
        { "--conferences", Options with { Conferences = 0 } },
        { "--participants", Options with { Participants = 0 } },
        { "--concurrency", Options with { Concurrency = 0 } },
        { "--duplicates", Options with { Duplicates = 2 } },
        { "--drop", Options with { Drop = 1 } },
        { "--retry", Options with { Attempts = 0 } },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task What_cannot_be_used_says_what_to_do(string says, LoadOptions options)
    {
        SimulationResult result = await ConferenceFunctions.Simulator.Simulator.LoadAsync(options, _console, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(says, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_second_of_two_comes_after_the_first_and_order_is_kept_unless_it_is_shuffled()
    {
        IReadOnlyList<SimulatedCallback>[] conferences = [.. Enumerable.Range(0, 3).Select(_ => CallbacksOf(20))];

        IReadOnlyList<SimulatedCallback> ordered = LoadPlan.Mix(conferences, 0, false, new Random(1));
        IReadOnlyList<SimulatedCallback> doubled = LoadPlan.Mix(conferences, 1, true, new Random(1));

        Assert.All(conferences, conference => Assert.Equal(conference, ordered.Where(conference.Contains)));
        Assert.NotEqual(conferences.SelectMany(conference => conference), ordered);
        Assert.Equal(2 * conferences.Sum(conference => conference.Count), doubled.Count);
        Assert.All(doubled.GroupBy(callback => callback), same => Assert.Equal(2, same.Count()));
        Assert.False(conferences[0].SequenceEqual(doubled.Where(conferences[0].Contains).Distinct()));
    }

    private static List<SimulatedCallback> CallbacksOf(int times)
    {
        var room = new Room();
        for (int i = 0; i < times; i++)
        {
            room.Join($"call{i}");
        }

        return room.Sink.Posted;
    }

    private async Task<SimulationResult> RunAsync(LoadOptions options)
    {
        _console.Profile.Width = 200;
        using var http = new HttpClient(new StubHandler(Answer));
        return await new LoadRun(options, Backend, http, _console, TimeProvider.System).RunAsync(TestContext.Current.CancellationToken);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string body)
    {
        string[] path = request.RequestUri!.AbsolutePath.Split('/');
        switch (path)
        {
            case [_, _, "swml", "team"]:
                return StubHandler.Status(HttpStatusCode.OK, Document);
            case [_, _, "callbacks", ..]:
                HttpStatusCode status = _answer();
                if (status == HttpStatusCode.NoContent)
                {
                    _bodies.Enqueue(body);
                    _log.Enqueue(FakeBackend.Take(CallbackRequest.PostJson(request.RequestUri, Encoding.UTF8.GetBytes(body)), CallbackKind.Conference));
                }

                return StubHandler.Status(status);
            case [_, _, "conferences", var id, ..] when _log.Any(taken => taken.Event.ConferenceId == id):
                BackendState state = FakeBackend.After([.. _log.Where(taken => taken.Event.ConferenceId == id).DistinctBy(taken => taken.Event.Id)]);
                return StubHandler.Status(HttpStatusCode.OK, path.ElementAtOrDefault(4) switch
                {
                    null => JsonSerializer.Serialize(state.Conference!, ApiJson.Default.Conference),
                    "participants" => JsonSerializer.Serialize(new Page<Participant>(state.Participants, null), ApiJson.Default.PageParticipant),
                    "recordings" => JsonSerializer.Serialize(new Page<Recording>(state.Recordings, null), ApiJson.Default.PageRecording),
                    _ => JsonSerializer.Serialize(new Page<ConferenceLogEntry>([.. state.Log.Where(_keeps)], null), ApiJson.Default.PageConferenceLogEntry),
                });
            default:
                return StubHandler.Status(HttpStatusCode.NotFound);
        }
    }
}

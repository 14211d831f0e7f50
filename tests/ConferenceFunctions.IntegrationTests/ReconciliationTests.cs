using System.Net;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Reconciliation;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Logs;
using ConferenceFunctions.Simulator.Recordings;
using ConferenceFunctions.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>The app against the simulator's log, where callbacks never came.</summary>
public sealed class ReconciliationTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly RecordedAudio Audio = RecordedAudio.Of(WaveAudio.Create(7, 2));

    // In whole seconds, which no number loses anything of.
    private readonly DateTimeOffset _now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
    private RecordingServer _server = null!;

    public async ValueTask InitializeAsync() => _server = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_conference_whose_end_never_came_is_ended_and_says_where_that_was_found()
    {
        await using TestHost host = await StartAsync();
        await PostAsync(host, "c1", "conference-start", 30);
        await PostAsync(host, "c1", "participant-join", 29, "ann");
        await HeardAsync(host, "c1", 2);
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));

        ReconciliationState state = await SweepAsync(host);
        Conference conference = await KnownAsync(host, "c1", conference => conference.Status == "ended");
        Page<Participant>? participants = await host.GetAsync("conferences/c1/participants", ApiJson.Default.PageParticipant);
        Page<Conference>? live = await host.GetAsync("conferences?live=true", ApiJson.Default.PageConference);

        Assert.Equal(("ended", "logs/conferences", Ago(10), Ago(30)), (conference.Status, conference.Reconciled, conference.EndedAt, conference.StartedAt));
        Assert.Equal((0, 1, null, true), (state.RecordingsQueued, state.ConferencesEnded, state.LastError, state.LastFinished >= state.LastStarted));
        Assert.Equal(StintEnd.ConferenceEnded, Assert.Single(Assert.Single(participants!.Items).Stints).End);
        Assert.Empty(live!.Items);
        ConferenceLogEntry found = Assert.Single(await host.EventsAsync("c1"), e => e.Source == "reconciliation");
        Assert.Equal(("conference-end", ""), (found.Status, found.Document));
    }

    [Fact]
    public async Task An_end_that_comes_after_all_wins()
    {
        await using TestHost host = await StartAsync();
        await PostAsync(host, "c1", "conference-start", 30);
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));
        await KnownAsync(host, "c1", _ => true);
        await SweepAsync(host);
        await KnownAsync(host, "c1", conference => conference.Reconciled is not null);

        await PostAsync(host, "c1", "conference-end", 12, more: new JsonObject { ["reason_ended"] = "last-participant-left" });
        Conference conference = await KnownAsync(host, "c1", conference => conference.Reconciled is null);

        Assert.Equal(("ended", Ago(12), "last-participant-left", null), (conference.Status, conference.EndedAt, conference.ReasonEnded, conference.Reconciled));
    }

    [Fact]
    public async Task A_recording_that_no_callback_told_of_is_archived()
    {
        await using TestHost host = await StartAsync();
        await PostAsync(host, "c1", "conference-start", 30);
        await PostAsync(host, "c1", "record-start", 29);
        await PostAsync(host, "c1", "conference-end", 10);
        await KnownAsync(host, "c1", conference => conference.Status == "ended");
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording()));

        ReconciliationState state = await SweepAsync(host);
        Recording recording = await ArchivedAsync(host, "c1");

        Assert.Equal((1, 0), (state.RecordingsQueued, state.ConferencesEnded));
        Assert.Equal((Audio.Sha256, Audio.Content.LongLength), (recording.Sha256, recording.Size));
        Assert.Equal("stopped", (await KnownAsync(host, "c1", _ => true)).Recording);
    }

    [Fact]
    public async Task A_conference_that_nobody_told_of_is_there_with_its_recording()
    {
        await using TestHost host = await StartAsync();
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording()));

        ReconciliationState state = await SweepAsync(host);
        await HeardAsync(host, "c1", 3);
        Conference conference = await KnownAsync(host, "c1", conference => conference.Status == "ended");
        Recording recording = await ArchivedAsync(host, "c1");

        Assert.Equal((1, 1), (state.RecordingsQueued, state.ConferencesEnded));
        Assert.Equal(("team_meeting", Ago(30), Ago(10)), (conference.Name, conference.StartedAt, conference.EndedAt));
        Assert.Equal(Audio.Sha256, recording.Sha256);
    }

    [Fact]
    public async Task A_conference_that_lost_nearly_all_of_its_callbacks_is_there_with_its_end_and_its_recording()
    {
        int port = FreePorts.Take(1)[0];
        await using TestHost host = await StartAsync(("SignalWire:SpaceUrl", $"http://127.0.0.1:{port}"));
        using var output = new StringWriter();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new SimulationOptions
        {
            Urls = [host.Urls.Swml("room")],
            Speed = 100,
            Record = true,
            RecordingPort = port,
            Drop = 0.9,
            Seed = Seeded.Seed,
            Stay = true,
        };
        Task<SimulationResult> simulation = ConferenceFunctions.Simulator.Simulator.RunAsync(
            options, AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TextWriter.Synchronized(output)) }), TimeProvider.System, done.Token);
        await TestHost.EventuallyAsync(() => Task.FromResult(output.ToString()), text => text.Contains("Serving", StringComparison.Ordinal) || simulation.IsCompleted);

        await SweepAsync(host);
        Page<Conference>? page = await TestHost.EventuallyAsync(
            () => host.GetAsync("conferences", ApiJson.Default.PageConference), page => page is { Items: [{ Status: "ended" }] });
        Conference conference = Assert.Single(page!.Items);
        Recording recording = await ArchivedAsync(host, conference.ConferenceId);
        await done.CancelAsync();
        SimulationResult result = await simulation;

        Assert.Equal((0, "ended"), (result.ExitCode, conference.Status));
        Assert.Matches("[1-9][0-9]* dropped$", result.Message);
        Assert.Equal(recording.RecordingFileSize, recording.Size);
        Assert.Equal([conference.ConferenceId], result.ConferenceIds);
    }

    [Fact]
    public async Task A_second_sweep_changes_nothing()
    {
        await using TestHost host = await StartAsync();
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording()));
        await SweepAsync(host);
        await ArchivedAsync(host, "c1");
        await HeardAsync(host, "c1", 3);
        string[] events = [.. (await host.EventsAsync("c1")).Select(e => e.Id)];

        // It begins where the first one began, as if it had been the first.
        await ForgetAsync(host);
        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((0, 0, null), (state.RecordingsQueued, state.ConferencesEnded, state.LastError));
        Assert.Equal(3, events.Length);
        Assert.Equal(events, (await host.EventsAsync("c1")).Select(e => e.Id));
        Assert.Equal(0, await WaitingAsync(host, StorageNames.CallbackQueue));
    }

    [Fact]
    public async Task A_log_of_many_pages_is_read_in_bounded_runs_that_go_on_where_the_last_one_ended()
    {
        await using TestHost host = await StartAsync(("Reconciliation:PageSize", "2"), ("Reconciliation:MaxPages", "2"));
        for (int i = 0; i < 7; i++)
        {
            _server.Log.Set(Completed($"c{i}", createdAgo: 100 - i, endedAgo: 50));
        }

        ReconciliationState first = await SweepAsync(host);
        ReconciliationState second = await SweepAsync(host);

        Assert.Equal((4, null), (first.ConferencesEnded, first.LastFinished));
        Assert.NotNull(first.Unfinished?.NextPage);
        Assert.Equal((7, null), (second.ConferencesEnded, second.Unfinished));
        Assert.NotNull(second.LastFinished);
        for (int i = 0; i < 7; i++)
        {
            await KnownAsync(host, $"c{i}", conference => conference.Status == "ended");
        }
    }

    [Fact]
    public async Task A_page_that_SignalWire_asks_to_wait_for_is_waited_for()
    {
        await using TestHost host = await StartAsync();
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));
        int requests = 0;
        _server.Misbehave = (context, next) => ++requests < 3 ? Refuse(context, 429, retryAfter: "0") : next(context);

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((3, 1, null), (requests, state.ConferencesEnded, state.LastError));
    }

    [Fact]
    public async Task A_run_that_would_have_to_wait_long_ends_and_the_next_one_goes_on_at_its_page()
    {
        await using TestHost host = await StartAsync(("Reconciliation:PageSize", "1"));
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));
        _server.Log.Set(Completed("c2", createdAgo: 40, endedAgo: 10));
        List<string> asked = [];
        bool busy = true;
        _server.Misbehave = (context, next) =>
        {
            asked.Add(context.Request.QueryString.Value!);
            return busy && asked.Count > 1 ? Refuse(context, 429, retryAfter: "3600") : next(context);
        };

        ReconciliationState first = await SweepAsync(host);
        busy = false;
        ReconciliationState second = await SweepAsync(host);

        Assert.Equal((1, "127.0.0.1 asks to wait (429)."), (first.ConferencesEnded, first.LastError));
        Assert.Equal((2, null), (second.ConferencesEnded, second.LastError));
        Assert.Equal(3, asked.Count);
        Assert.Equal(asked[1], asked[2]);
    }

    [Theory]
    [InlineData(401, "Check SignalWire__ProjectId and SignalWire__ApiToken")]
    [InlineData(404, "Check SignalWire__SpaceUrl")]
    [InlineData(500, "answers with status 500")]
    public async Task What_goes_wrong_stands_in_the_state(int status, string expected)
    {
        await using TestHost host = await StartAsync();
        _server.Misbehave = (context, _) => Refuse(context, status);

        ReconciliationState failed = await SweepAsync(host);
        _server.Misbehave = null;
        ReconciliationState next = await SweepAsync(host);

        Assert.Contains(expected, failed.LastError, StringComparison.Ordinal);
        Assert.Null(failed.LastFinished);
        Assert.Null(failed.SweptUntil);
        Assert.Equal((null, true), (next.LastError, next.LastFinished is not null));
    }

    [Fact]
    public async Task The_wrong_token_is_refused_by_the_log()
    {
        await using TestHost host = await StartAsync(("SignalWire:ApiToken", "PT_wrong"));

        Assert.Contains("refuses the project and its token (401)", (await SweepAsync(host)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_no_list_stands_in_the_state()
    {
        await using TestHost host = await StartAsync();
        _server.Misbehave = (context, _) => context.Response.WriteAsync("<html>Welcome</html>");

        Assert.Contains("what is no list of conferences", (await SweepAsync(host)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conference_that_goes_on_is_looked_at_again_until_it_has_ended()
    {
        await using TestHost host = await StartAsync();
        _server.Log.Set(new LoggedConference("c1", "team_meeting", LoggedConference.InProgress, Ago(600), Ago(590)));
        _server.Log.Set(Completed("c2", createdAgo: 30, endedAgo: 10));

        ReconciliationState first = await SweepAsync(host);
        Conference going = await KnownAsync(host, "c1", _ => true);
        _server.Log.Set(Completed("c1", createdAgo: 600, endedAgo: 1));
        ReconciliationState second = await SweepAsync(host);
        Conference ended = await KnownAsync(host, "c1", conference => conference.Status == "ended");

        Assert.Equal((1, Ago(600)), (first.ConferencesEnded, first.SweptUntil));
        Assert.Equal(("in-progress", null), (going.Status, going.Reconciled));
        Assert.Equal((1, Ago(1)), (second.ConferencesEnded, ended.EndedAt));
        Assert.True(second.SweptUntil > Ago(1));
    }

    [Fact]
    public async Task A_status_that_is_unknown_ends_nothing()
    {
        await using TestHost host = await StartAsync();
        _server.Log.Set(Completed("c1", createdAgo: 600, endedAgo: 590) with { Status = "levitating" });

        Assert.Equal(0, (await SweepAsync(host)).ConferencesEnded);
        Assert.Equal("in-progress", (await KnownAsync(host, "c1", _ => true)).Status);
    }

    [Fact]
    public async Task What_has_just_changed_is_left_to_its_callbacks()
    {
        await using TestHost host = await StartAsync(("Reconciliation:Grace", "00:05:00"));
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 3));

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((0, Ago(30)), (state.ConferencesEnded, state.SweptUntil));
        Assert.Null(await host.GetAsync("conferences/c1", ApiJson.Default.Conference));
    }

    [Fact]
    public async Task A_conference_of_which_something_has_just_been_heard_is_left_to_its_callbacks()
    {
        await using TestHost host = await StartAsync(("Reconciliation:Grace", "00:05:00"));
        await PostAsync(host, "c1", "conference-start", 30);
        await PostAsync(host, "c1", "participant-leave", 1, "ann");
        await HeardAsync(host, "c1", 2);
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((0, Ago(30), null), (state.ConferencesEnded, state.SweptUntil, state.LastError));
        Assert.Equal(2, (await host.EventsAsync("c1")).Count);
    }

    [Fact]
    public async Task Sweeps_before_anything_is_applied_find_the_very_same_events()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await StartAsync(storage, ("AzureWebJobs.ApplyCallbacks.Disabled", "true"));
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording()));

        await SweepAsync(host);
        await ForgetAsync(host);
        await SweepAsync(host);
        IReadOnlyList<QueuedCallback> queued = QueueContent.Callbacks(await QueueContent.TakeAllAsync(storage));

        Assert.Equal(6, queued.Count);
        Assert.Equal(3, queued.Select(callback => callback.Id).Distinct().Count());
    }

    [Fact]
    public async Task Entries_that_are_no_good_keep_no_other_from_being_reconciled()
    {
        using var log = new LogCapture();
        await using TestHost host = await StartAsync(azurite.NewAccount(), logging => logging.AddProvider(log));
        string good = $$""","status":"completed","created_at":"{{Ago(30):yyyy-MM-ddTHH:mm:ssZ}}","updated_at":"{{Ago(10):yyyy-MM-ddTHH:mm:ssZ}}"}""";
        string[] entries =
        [
            "null", "5", "\"text\"", "[]", "{}", $$"""{"id":null{{good}}""", $$"""{"id":{}{{good}}""", $$"""{"id":"\ud800"{{good}}""",
            """{"id":"never"}""", """{"id":"odd1","created_at":"0001-01-01T00:00:00Z"}""", """{"id":"odd2","created_at":"9999-12-31T23:59:59Z"}""",
            """{"id":"odd3","created_at":"12:30"}""", """{"id":"odd4","created_at":{"at":1}}""", """{"id":"odd5","created_at":-1}""",
            $$"""{"id":"large","name":"{{new string('x', 70_000)}}"{{good}}""",
            $$"""{"id":"types","name":[],"recording_url":{"url":1},"recording_file_size":"many","recording_duration":-1{{good}}""",
            $$"""{"id":"surrogate","name":"\udc00"{{good}}""",
            $$"""{"id":"updated","status":"completed","created_at":"{{Ago(30):yyyy-MM-ddTHH:mm:ssZ}}","updated_at":"0001-01-01T00:00:00Z"}""",
            $$"""{"id":"good"{{good}}""",
        ];
        _server.Misbehave = (context, _) => context.Response.WriteAsync($$"""{"links":null,"data":[{{string.Join(',', entries)}}]}""");

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((4, null, null), (state.ConferencesEnded, state.LastError, state.Unfinished));
        Assert.NotNull(state.LastFinished);
        await KnownAsync(host, "good", conference => conference.EndedAt == Ago(10));
        await KnownAsync(host, "types", conference => conference.EndedAt == Ago(10));
        await KnownAsync(host, "surrogate", conference => conference.EndedAt == Ago(10));
        await KnownAsync(host, "updated", conference => conference.EndedAt == Ago(30));
        Assert.Contains(log.Lines, line => line.Contains("14 entries on a page", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("The conference large", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"http://[\"", "is not followed")]
    [InlineData("5", null)]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    public async Task A_link_that_is_none_is_told_or_ends_the_log(string link, string? error)
    {
        await using TestHost host = await StartAsync();
        _server.Misbehave = (context, _) => context.Response.WriteAsync($$$"""{"links":{"next":{{{link}}}},"data":[]}""");

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal(error is null, state.LastError is null);
        Assert.Contains(error ?? "", state.LastError ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_that_is_entered_after_the_end_is_found_by_a_later_sweep()
    {
        await using TestHost host = await StartAsync(("Reconciliation:Overlap", "01:00:00"));
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10));
        ReconciliationState first = await SweepAsync(host);
        await KnownAsync(host, "c1", conference => conference.Status == "ended");

        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 5, recording: NewRecording()));
        ReconciliationState second = await SweepAsync(host);
        await ArchivedAsync(host, "c1");

        Assert.Equal((1, 0), (first.ConferencesEnded, first.RecordingsQueued));
        Assert.Equal((0, 1), (second.ConferencesEnded, second.RecordingsQueued));
        Assert.Equal(Ago(10), (await KnownAsync(host, "c1", _ => true)).EndedAt);
    }

    [Fact]
    public async Task A_conference_that_was_erased_does_not_come_back()
    {
        await using TestHost host = await StartAsync();
        TableClient table = host.Storage.Tables.GetTableClient(StorageNames.ConferenceTable);
        await table.AddEntityAsync(new ConferenceRow("c1", ConferenceState.Empty, Erased: _now).ToEntity("c1"), TestContext.Current.CancellationToken);
        _server.Log.Set(Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording()));

        ReconciliationState state = await SweepAsync(host);

        Assert.Equal((0, 0, null), (state.RecordingsQueued, state.ConferencesEnded, state.LastError));
        Assert.Empty(await host.EventsAsync("c1"));
    }

    [Fact]
    public async Task A_recording_whose_job_was_lost_is_queued_again()
    {
        await using TestHost host = await StartAsync(("AzureWebJobs.ArchiveRecording.Disabled", "true"));
        LoggedConference logged = Completed("c1", createdAgo: 30, endedAgo: 10, recording: NewRecording());
        _server.Log.Set(logged);
        await SweepAsync(host);
        await TestHost.EventuallyAsync(() => WaitingAsync(host, StorageNames.RecordingQueue), waiting => waiting == 1);
        await host.Storage.Queues.GetQueueClient(StorageNames.RecordingQueue).ClearMessagesAsync(TestContext.Current.CancellationToken);
        SignalWireConference found = SignalWireConference.Read(System.Text.Json.JsonSerializer.SerializeToElement(logged.ToJson()))!;

        Assert.Equal(0, (await LaterAsync(TimeSpan.FromMinutes(50))).RecordingsQueued);
        Assert.Equal(1, (await LaterAsync(TimeSpan.FromMinutes(70))).RecordingsQueued);
        Assert.Equal(1, await WaitingAsync(host, StorageNames.RecordingQueue));

        Task<ReconciliationOutcome> LaterAsync(TimeSpan later) => new ConferenceReconciler(
            host.Storage,
            host.Services.GetRequiredService<CallbackEnqueuer>(),
            host.Services.GetRequiredService<RecordingJobs>(),
            host.Services.GetRequiredService<IOptions<ReconciliationOptions>>(),
            new FakeTimeProvider(TimeProvider.System.GetUtcNow() + later)).ReconcileAsync(found, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("{0}/api/logs/conferences?page_token=PA1")]
    [InlineData("//{1}/api/logs/conferences")]
    [InlineData("/api/laml/2010-04-01/Accounts")]
    public async Task A_link_that_leads_elsewhere_is_not_followed(string link)
    {
        await using RecordingServer elsewhere = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        int requests = 0;
        elsewhere.Misbehave = Count;
        _server.Misbehave = (context, next) => context.Request.QueryString.Value!.Contains("page_token", StringComparison.Ordinal)
            ? Count(context, next)
            : context.Response.WriteAsync(new JsonObject
            {
                ["links"] = new JsonObject { ["next"] = string.Format(null, link, elsewhere.BaseUrl, new Uri(elsewhere.BaseUrl).Authority) },
                ["data"] = new JsonArray(),
            }.ToJsonString());
        await using TestHost host = await StartAsync();

        ReconciliationState state = await SweepAsync(host);

        Assert.Contains("is not followed", state.LastError, StringComparison.Ordinal);
        Assert.Equal(0, requests);

        Task Count(HttpContext context, RequestDelegate next)
        {
            requests++;
            return next(context);
        }
    }

    [Fact]
    public async Task A_redirect_is_not_followed_with_the_token()
    {
        await using RecordingServer elsewhere = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        int requests = 0;
        elsewhere.Misbehave = (context, next) =>
        {
            requests++;
            return next(context);
        };
        _server.Misbehave = (context, _) =>
        {
            context.Response.Redirect($"{elsewhere.BaseUrl}{context.Request.Path}");
            return Task.CompletedTask;
        };
        await using TestHost host = await StartAsync();

        Assert.Contains("redirects (302)", (await SweepAsync(host)).LastError, StringComparison.Ordinal);
        Assert.Equal(0, requests);
    }

    [Fact]
    public async Task Http_is_refused_where_loopback_is_not_allowed()
    {
        await using TestHost host = await StartAsync(("Recordings:AllowLoopback", "false"));

        Assert.Contains("https only", (await SweepAsync(host)).LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_access_to_a_space_nothing_is_done()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        Assert.Equal(new ReconciliationState(), await SweepAsync(host));
    }

    [Fact]
    public async Task Two_instances_at_once_do_the_work_of_one()
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await StartAsync(storage, ("Reconciliation:PageSize", "1"));
        await using TestHost other = await StartAsync(storage, ("Reconciliation:PageSize", "1"));
        for (int i = 0; i < 4; i++)
        {
            _server.Log.Set(Completed($"c{i}", createdAgo: 100 - i, endedAgo: 50));
        }

        await Task.WhenAll(SweepAsync(host), SweepAsync(other));
        ReconciliationState state = await SweepAsync(host);

        Assert.Null(state.LastError);
        for (int i = 0; i < 4; i++)
        {
            string id = $"c{i}";
            await KnownAsync(host, id, conference => conference.Status == "ended");
            Assert.Equal(2, (await TestHost.EventuallyAsync(() => host.EventsAsync(id), events => events.Count >= 2)).Count);
        }
    }

    private DateTimeOffset Ago(int minutes) => _now - TimeSpan.FromMinutes(minutes);

    private LoggedConference Completed(string id, int createdAgo, int endedAgo, SimulatedRecording? recording = null) =>
        new(id, "team_meeting", LoggedConference.Completed, Ago(createdAgo), Ago(endedAgo), recording);

    private SimulatedRecording NewRecording()
    {
        string id = Guid.NewGuid().ToString();
        _server.Add(id, Audio);
        return new SimulatedRecording(id, _server.BaseUrl + RecordingServer.PathOf(id), 2, Audio.Content.LongLength);
    }

    private Task<TestHost> StartAsync(params (string Name, string Value)[] more) => StartAsync(azurite.NewAccount(), more);

    private Task<TestHost> StartAsync(string storage, params (string Name, string Value)[] more) => StartAsync(storage, null, more);

    private Task<TestHost> StartAsync(string storage, Action<ILoggingBuilder>? logging, params (string Name, string Value)[] more)
    {
        Dictionary<string, string?> settings = new()
        {
            ["SignalWire:SpaceUrl"] = _server.BaseUrl,
            ["SignalWire:ProjectId"] = SpaceApi.ProjectId,
            ["SignalWire:ApiToken"] = SpaceApi.ApiToken,
            // The log's last changes are long over here.
            ["Reconciliation:Grace"] = "00:00:00",
            ["Reconciliation:Overlap"] = "00:00:00",
        };
        foreach ((string name, string value) in more)
        {
            settings[name] = value;
        }

        return TestHost.StartAsync(azurite, settings, storage, logging);
    }

    private static async Task<ReconciliationState> SweepAsync(TestHost host)
    {
        await host.Services.GetRequiredService<Reconciler>().RunAsync(TestContext.Current.CancellationToken);
        return (await host.Services.GetRequiredService<ReconciliationStateStore>().ReadAsync(TestContext.Current.CancellationToken)).State;
    }

    private static async Task ForgetAsync(TestHost host)
    {
        ReconciliationStateStore store = host.Services.GetRequiredService<ReconciliationStateStore>();
        (_, Azure.ETag? etag) = await store.ReadAsync(TestContext.Current.CancellationToken);
        await store.WriteAsync(new ReconciliationState(), etag, TestContext.Current.CancellationToken);
    }

    private async Task PostAsync(TestHost host, string conferenceId, string status, int minutesAgo, string? callId = null, JsonObject? more = null)
    {
        double second = (Ago(minutesAgo) - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalSeconds;
        using HttpResponseMessage response = await host.PostEventAsync(Callback.Json(conferenceId, status, second, callId, more));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private static async Task<Conference> KnownAsync(TestHost host, string conferenceId, Func<Conference, bool> expected)
    {
        Conference? known = await TestHost.EventuallyAsync(
            () => host.GetAsync($"conferences/{conferenceId}", ApiJson.Default.Conference), conference => conference is not null && expected(conference));
        Assert.True(known is not null && expected(known), $"{conferenceId}: {known}");
        return known;
    }

    private static async Task HeardAsync(TestHost host, string conferenceId, int events) =>
        Assert.Equal(events, (await TestHost.EventuallyAsync(() => host.EventsAsync(conferenceId), all => all.Count == events)).Count);

    private static async Task<Recording> ArchivedAsync(TestHost host, string conferenceId)
    {
        Page<Recording>? page = await TestHost.EventuallyAsync(
            () => host.GetAsync($"conferences/{conferenceId}/recordings", ApiJson.Default.PageRecording),
            page => page is { Items: [{ Status: RecordingStatus.Archived }] });
        return Assert.Single(page!.Items, recording => recording.Status == RecordingStatus.Archived);
    }

    private static async Task<int> WaitingAsync(TestHost host, string queue)
    {
        QueueClient client = host.Storage.Queues.GetQueueClient(queue);
        return (await client.GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;
    }

    private static Task Refuse(HttpContext context, int status, string? retryAfter = null)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    }
}

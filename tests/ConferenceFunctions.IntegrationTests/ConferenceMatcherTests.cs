using System.Text;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Simulator.Conferences;
using ConferenceFunctions.Simulator.Logs;
using ConferenceFunctions.Simulator.Recordings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ConferenceFunctions.IntegrationTests;

public class ConferenceMatcherTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_call_is_found_in_the_latest_conference_that_it_was_in_however_many_began_since()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        ConferenceApplier applier = host.Services.GetRequiredService<ConferenceApplier>();
        await Parallel.ForAsync(0, 70, TestContext.Current.CancellationToken, async (i, _) =>
        {
            string conference = $"c{i}";
            byte[] body = Encoding.UTF8.GetBytes(Callback.Json(conference, "participant-join", i, i is 2 or 3 ? "sought" : "another"));
            Assert.True(CallbackParser.TryParse(body, CallbackKind.Conference, out ConferenceEvent? e, out string? _));
            await applier.ApplyAsync(conference, [new ReceivedEvent(e, new QueuedCallback(e.Id, CallbackKind.Conference, "busy", TimeProvider.System.GetUtcNow(), body))]);
        });
        ConferenceMatcher matcher = host.Services.GetRequiredService<ConferenceMatcher>();

        Assert.Equal("c3", await matcher.FindAsync("sought", "busy", TestContext.Current.CancellationToken));
        Assert.Equal("c69", await matcher.FindAsync("another", "busy", TestContext.Current.CancellationToken));
        Assert.Null(await matcher.FindAsync("nobody", "busy", TestContext.Current.CancellationToken));
        Assert.Null(await matcher.FindAsync("sought", "idle", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(9, 0, false)]
    [InlineData(9, 5, false)]
    [InlineData(0, 6, true)]
    public async Task Only_looks_in_vain_count_until_a_conference_is_unknown_and_not_how_often_storage_was_away(int attempt, int looks, bool isUnknown)
    {
        string storage = azurite.NewAccount();
        await using TestHost host = await TestHost.StartAsync(
            azurite, new(TestHost.NotApplied) { ["AzureWebJobs.ArchiveRecording.Disabled"] = "true" }, storage);
        await host.Storage.CreateMissingAsync(TestContext.Current.CancellationToken);
        string body = """{"params":{"status":"completed","call_id":"a","recording_url":"https://files.signalwire.com/a.wav"}}""";
        QueuedCallback callback = TestHostExtensions.Queued(body, CallbackKind.Recording) with { Looks = looks };

        await host.Services.GetRequiredService<CallbackProcessor>().ProcessAsync(
            CallbackMessage.Assemble(null, attempt, [CallbackMessage.Encode(callback)]), TestContext.Current.CancellationToken);

        Assert.Equal(isUnknown ? 1 : 0, (await host.EventsAsync(ConferenceMatcher.Unknown)).Count);
        Assert.Equal(isUnknown ? 0 : 1, await host.CountAsync(StorageNames.CallbackQueue));
    }

    [Theory]
    [InlineData(SpaceApi.ApiToken, "told")]
    [InlineData("PT_wrong", ConferenceMatcher.Unknown)]
    public async Task A_recording_that_nothing_here_tells_the_conference_of_is_of_the_one_that_SignalWire_says(string token, string conferenceId)
    {
        await using RecordingServer space = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        string id = Guid.NewGuid().ToString();
        space.Add(id, RecordedAudio.Of(WaveAudio.Create(7, 1)));
        string url = space.BaseUrl + RecordingServer.PathOf(id);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        space.Log.Set(new LoggedConference("told", "team_meeting", LoggedConference.Completed, now, now, new SimulatedRecording(id, url, 1, 1)));
        await using TestHost host = await TestHost.StartAsync(
            azurite,
            new(TestHost.NotApplied)
            {
                ["AzureWebJobs.ArchiveRecording.Disabled"] = "true",
                ["SignalWire:SpaceUrl"] = space.BaseUrl,
                ["SignalWire:ProjectId"] = SpaceApi.ProjectId,
                ["SignalWire:ApiToken"] = token,
            });
        string body = $$$"""{"params":{"status":"completed","call_id":"a","recording_url":"{{{url}}}"}}""";
        QueuedCallback callback = TestHostExtensions.Queued(body, CallbackKind.Recording) with { Looks = 6 };

        await host.Services.GetRequiredService<CallbackProcessor>().ProcessAsync(
            CallbackMessage.Assemble(null, 0, [CallbackMessage.Encode(callback)]), TestContext.Current.CancellationToken);

        Assert.Single(await host.EventsAsync(conferenceId));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"relay_conference_id":7}""")]
    [InlineData("""{"relay_conference_id":"\ud800"}""")]
    [InlineData("""{"relay_conference_id":"a","relay_conference_id":"b"}""")]
    public async Task A_recording_of_which_SignalWire_answers_nonsense_is_of_an_unknown_conference(string answer)
    {
        await using RecordingServer space = (await RecordingServer.StartAsync(0, TestContext.Current.CancellationToken))!;
        space.Misbehave = (context, _) => context.Response.WriteAsync(answer);
        await using TestHost host = await TestHost.StartAsync(
            azurite,
            new(TestHost.NotApplied)
            {
                ["AzureWebJobs.ArchiveRecording.Disabled"] = "true",
                ["SignalWire:SpaceUrl"] = space.BaseUrl,
                ["SignalWire:ProjectId"] = SpaceApi.ProjectId,
                ["SignalWire:ApiToken"] = SpaceApi.ApiToken,
            });
        string body = $$$"""{"params":{"status":"completed","call_id":"a","recording_url":"{{{space.BaseUrl}}}{{{RecordingServer.PathOf(Guid.NewGuid().ToString())}}}"}}""";
        QueuedCallback callback = TestHostExtensions.Queued(body, CallbackKind.Recording) with { Looks = 6 };

        await host.Services.GetRequiredService<CallbackProcessor>().ProcessAsync(
            CallbackMessage.Assemble(null, 0, [CallbackMessage.Encode(callback)]), TestContext.Current.CancellationToken);

        Assert.Single(await host.EventsAsync(ConferenceMatcher.Unknown));
    }
}

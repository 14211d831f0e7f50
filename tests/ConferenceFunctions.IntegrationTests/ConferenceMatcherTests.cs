using System.Text;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.IntegrationTests.Infrastructure;
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
}

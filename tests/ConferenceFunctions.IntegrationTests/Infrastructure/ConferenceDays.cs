using ConferenceFunctions.Core;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>An app that heard of five conferences within a few days, one of them without an end.</summary>
public sealed class ConferenceDays(AzuriteFixture azurite) : IAsyncLifetime
{
    private const double Hour = 3600;

    /// <summary>The app.</summary>
    public ConferenceHost Host { get; } = new(azurite);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.ApplyAsync(
            Callback.Json("live", "participant-join", February(1, 0.5)),
            Callback.Json("days", "conference-start", February(1, 1)),
            Callback.Json("days", "conference-end", February(5, 1)),
            Callback.Json("overnight", "conference-start", February(2, 23)),
            Callback.Json("overnight", "conference-end", February(3, 1)),
            Callback.Json("morning", "conference-start", February(3, 10)),
            Callback.Json("morning", "conference-end", February(3, 11)),
            Callback.Json("next", "conference-start", February(4, 10)),
            Callback.Json("next", "conference-end", February(4, 11)));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Which of them a query lists, in order.</summary>
    public async Task<IEnumerable<string>> IdsAsync(string query) =>
        (await Host.App.GetAsync($"conferences?{query}", ApiJson.Default.PageConference))!.Items.Select(conference => conference.ConferenceId);

    private static double February(int day, double hour) => ((30 + day) * 24 * Hour) + (hour * Hour);
}

using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>Every view, in light and dark, wide and narrow.</summary>
public class DashboardLookTests(AzuriteFixture azurite, BrowserFixture browser)
{
    private const int Wide = 1280;
    private const int Narrow = 360;
    private const int Huge = 3840;
    private const string Planning = "aaaaaaaa-1111-4111-8111-111111111111";
    private const string Board = "bbbbbbbb-2222-4222-8222-222222222222";

    [Fact]
    public async Task Every_view_is_accessible_and_fits_in_light_and_dark_wide_and_narrow()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);
        await StageAsync(host);
        await LookAsync(host, ColorScheme.Light, Wide);
        await LookAsync(host, ColorScheme.Dark, Wide);
        await LookAsync(host, ColorScheme.Light, Narrow);
        await LookAsync(host, ColorScheme.Light, Huge);
    }

    [Fact]
    public async Task Nothing_is_wider_than_a_narrow_screen_however_long_it_is()
    {
        string endless = new('W', 300);
        await using TestHost host = await TestHost.StartAsync(azurite);
        var showcase = new Showcase(host);
        await showcase.LiveAsync(Planning, endless, 5, "moderator");
        await showcase.EndedAsync(Board, endless, 5, 84, 1);
        await host.Services.GetRequiredService<DeadLetterStore>().AddAsync(
            new(StorageNames.CallbackQueue, DeadLetterReason.Unreadable, DeadLetterContent.ConferenceCallback, "?"u8.ToArray()) { Error = endless }, TestContext.Current.CancellationToken);
        await showcase.AppliedAsync(2);
        await using DashboardPage page = await browser.OpenAsync(host, "/live", new() { ViewportSize = new() { Width = Narrow, Height = 800 } });
        foreach (string address in new[] { "/live", "/history", $"/conference/{Planning}", $"/conference/{Board}", "/operations", $"/documents/{endless[..64]}" })
        {
            await page.GoToAsync(address);

            Assert.Equal(Narrow, await page.Page.EvaluateAsync<int>("() => Math.max(innerWidth, document.documentElement.scrollWidth)"));
        }

        await page.GoToAsync($"/conference/{Board}");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Erase…" }).ClickAsync();
        Assert.True(await page.Page.Locator("dialog").EvaluateAsync<bool>("node => node.scrollWidth <= node.clientWidth"));
        page.AssertClean();
    }

    private async Task LookAsync(TestHost host, ColorScheme scheme, int width)
    {
        var options = new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 800 }, ReducedMotion = ReducedMotion.Reduce };
        await using DashboardPage page = await browser.OpenAsync(host, "/live", options);
        (string Name, string Address)[] views =
        [
            ("live", "/live"), ("history", "/history"), ("conference", $"/conference/{Planning}"), ("operations", "/operations"),
            ("documents", "/documents"), ("document", "/documents/board-meeting"),
        ];
        foreach ((string name, string address) in views)
        {
            await page.GoToAsync(address);
            await page.PictureAsync($"{name}{(scheme == ColorScheme.Dark ? "-dark" : "")}{(width < Wide ? "-narrow" : width > Wide ? "-huge" : "")}");

            Assert.Empty(await ViolationsAsync(page.Page));
            Assert.Equal(width, await page.Page.EvaluateAsync<int>("() => Math.max(innerWidth, document.documentElement.scrollWidth)"));
        }

        page.AssertClean();
    }

    private static async Task<string[]> ViolationsAsync(IPage page)
    {
        AxeResult result = await page.RunAxe();
        return [.. result.Violations.SelectMany(violation => violation.Nodes.Select(node => $"{page.Url}: {violation.Id} {node.Html} {string.Join(' ', node.Any.Select(check => check.Message))}"))];
    }

    private static async Task StageAsync(TestHost host)
    {
        var showcase = new Showcase(host);
        await showcase.LiveAsync(Planning, "Weekly planning", 47, "moderator", "participant", "participant", "participant", "coach", "listener", "participant");
        await showcase.LiveAsync("cccccccc-3333-4333-8333-333333333333", "Support escalation", 12, "participant", "participant", "participant");
        await showcase.LiveAsync("dddddddd-4444-4444-8444-444444444444", "Sales north", 3, "moderator", "participant");
        await showcase.EndedAsync(Board, "Board meeting", 5, 84, 9);
        await showcase.EndedAsync("eeeeeeee-5555-4555-8555-555555555555", "Daily stand-up", 26, 14, 6);
        await showcase.EndedAsync("ffffffff-6666-4666-8666-666666666666", "Interview", 28, 52, 3);
        using var document = new StringContent(
            "version: 1.0.0\nsections:\n  main:\n    - join_conference:\n        name: board-meeting\n        record: record-from-start\n        region: mars\n");
        (await host.Client.PutAsync(new Uri("documents/board-meeting", UriKind.Relative), document, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        DeadLetterStore letters = host.Services.GetRequiredService<DeadLetterStore>();
        await letters.AddAsync(
            new(StorageNames.RecordingQueue, DeadLetterReason.RecordingFailed, DeadLetterContent.Message, "{}"u8.ToArray()) { ConferenceId = Board, Attempts = 9, Error = "SignalWire answers 404." },
            TestContext.Current.CancellationToken);
        await letters.AddAsync(
            new(StorageNames.CallbackQueue, DeadLetterReason.Unreadable, DeadLetterContent.ConferenceCallback, "?"u8.ToArray()) { Document = "daily-stand-up", Error = "The body is neither JSON nor a form." },
            TestContext.Current.CancellationToken);
        await showcase.AppliedAsync(6);
    }
}

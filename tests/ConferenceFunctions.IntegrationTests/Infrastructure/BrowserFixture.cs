using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ConferenceFunctions.IntegrationTests.Infrastructure.BrowserFixture))]

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>
/// The one browser of a test run, started when it is first asked for. It is the machine's own: <c>CF_BROWSER</c> says where it is,
/// otherwise it is looked for where it usually is. Without one a test is skipped, or fails where <c>CF_REQUIRE_BROWSER=1</c>.
/// </summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] UsualPlaces =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--mute-audio"];

    private readonly Lazy<Task<IBrowser>> _browser = new(StartAsync);
    private static IPlaywright? _playwright;

    /// <summary>Opens a page of the dashboard in a fresh profile.</summary>
    /// <param name="host">The app.</param>
    /// <param name="address">What follows the <c>#</c>.</param>
    /// <param name="options">How the browser is set; null for a usual one.</param>
    public async Task<DashboardPage> OpenAsync(TestHost host, string address, BrowserNewContextOptions? options = null)
    {
        IBrowser browser = await _browser.Value;
        IBrowserContext context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        return await DashboardPage.OpenAsync(context, host, address);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _browser.Value).DisposeAsync();
            _playwright?.Dispose();
        }
    }

    private static async Task<IBrowser> StartAsync()
    {
        string? path = Environment.GetEnvironmentVariable("CF_BROWSER") is { Length: > 0 } named ? named : UsualPlaces.FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.SkipUnless(
                Environment.GetEnvironmentVariable("CF_REQUIRE_BROWSER") == "1",
                "There is no browser to show the dashboard in. Install Chromium (apt-get install chromium), or set CF_BROWSER to where one is.");
            Assert.Fail("CF_REQUIRE_BROWSER is set, and there is no browser. Install Chromium (apt-get install chromium), or set CF_BROWSER to where one is.");
        }

        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = Arguments });
    }
}

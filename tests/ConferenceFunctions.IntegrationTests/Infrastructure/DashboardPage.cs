using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>A page of the dashboard, and everything that it did wrong.</summary>
public sealed class DashboardPage : IAsyncDisposable
{
    private static readonly string RepositoryRoot = typeof(DashboardPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == nameof(RepositoryRoot)).Value!;

    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly TestHost _host;

    private DashboardPage(IPage page, TestHost host)
    {
        (Page, _host) = (page, host);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, error);
        page.Request += (_, request) => _requests.Enqueue(request.Url);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>URLs of all requests so far.</summary>
    public IEnumerable<string> Requests => _requests;

    /// <summary>What was written to the console as an error or a warning, and exceptions that nothing caught.</summary>
    public IEnumerable<string> Errors => _errors;

    /// <summary>Opens it.</summary>
    public static async Task<DashboardPage> OpenAsync(IBrowserContext context, TestHost host, string address)
    {
        context.SetDefaultTimeout(30_000);
        var page = new DashboardPage(await context.NewPageAsync(), host);
        await page.Page.GotoAsync($"{host.BaseUrl}/api/dashboard#{address}");
        return page;
    }

    /// <summary>Goes to another address of the dashboard, and waits until it shows.</summary>
    public async Task GoToAsync(string address)
    {
        await Page.EvaluateAsync("address => { location.hash = address; }", address);
        await ShownAsync();
    }

    /// <summary>Waits until the data of a view shows.</summary>
    public Task ShownAsync() => Page.Locator("main h1").First.WaitForAsync();

    /// <summary>Takes a picture, where <c>CF_SCREENSHOTS</c> is set: those of the README in their place, others into <c>artifacts/screenshots</c>.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CF_SCREENSHOTS") is { Length: > 0 })
        {
            string published = Path.Combine(RepositoryRoot, "src", "ConferenceFunctions", "Dashboard", "screenshots", name + ".png");
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = File.Exists(published) ? published : Path.Combine(RepositoryRoot, "artifacts", "screenshots", name + ".png"),
            });
        }
    }

    /// <summary>That nothing went wrong, and nobody else was asked for anything.</summary>
    public void AssertClean()
    {
        Assert.Empty(_errors);
        string recordings = _host.Storage.Blobs.Uri.GetLeftPart(UriPartial.Authority);
        Assert.All(_requests, url => Assert.True(
            url.StartsWith(_host.BaseUrl + "/", StringComparison.Ordinal) || url.StartsWith(recordings + "/", StringComparison.Ordinal) || url.StartsWith("blob:" + _host.BaseUrl, StringComparison.Ordinal),
            url));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();

    private void Note(bool wrong, string text)
    {
        if (wrong)
        {
            _errors.Enqueue(text);
        }
    }
}

using System.Net;
using System.Text.RegularExpressions;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using ConferenceFunctions.Tests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

public partial class DashboardFileTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_page_may_load_nothing_but_itself_the_api_and_recordings()
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "secret" });

        using HttpResponseMessage page = await GetAsync(host, "dashboard");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
            $"media-src {host.Storage.Blobs.Uri.AbsoluteUri}/recordings/; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
            "require-trusted-types-for 'script'; trusted-types 'none'",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("dashboard", "text/html; charset=utf-8")]
    [InlineData("dashboard/dashboard.js", "text/javascript; charset=utf-8")]
    [InlineData("dashboard/dashboard.css", "text/css; charset=utf-8")]
    [InlineData("dashboard/icon.svg", "image/svg+xml")]
    public async Task Files_are_open_named_for_what_they_are_and_kept_until_they_change(string route, string contentType)
    {
        await using TestHost host = await TestHost.StartAsync(azurite, new() { ["LocalHost:ApiKey"] = "secret" });

        using HttpResponseMessage first = await GetAsync(host, route);
        using var again = new HttpRequestMessage(HttpMethod.Get, route) { Headers = { { "If-None-Match", first.Headers.ETag!.Tag } } };
        using HttpResponseMessage second = await host.Client.SendAsync(again, TestContext.Current.CancellationToken);
        using HttpResponseMessage head = await host.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, route), TestContext.Current.CancellationToken);

        Assert.Equal(contentType, first.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(first.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(first.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_slash_at_the_end_leads_to_the_page_and_a_file_that_is_not_there_is_a_problem()
    {
        await using TestHost host = await TestHost.StartAsync(azurite);

        using HttpResponseMessage slash = await GetAsync(host, "dashboard/");
        using HttpResponseMessage other = await GetAsync(host, "dashboard/dashboard.html");

        Assert.Equal("/api/dashboard", slash.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, slash.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Contains("dashboard.js", await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void The_README_shows_every_picture_that_a_test_run_takes_and_no_other()
    {
        const string Folder = "src/ConferenceFunctions/Dashboard/screenshots";

        IEnumerable<string> shown = Picture().Matches(Repository.Read("README.md")).Select(match => match.Groups["path"].Value);

        Assert.Equal(Directory.EnumerateFiles(Repository.PathOf(Folder)).Select(file => $"{Folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"!\[[^\]]+\]\((?<path>[^)]+)\)")]
    private static partial Regex Picture();

    private static Task<HttpResponseMessage> GetAsync(TestHost host, string route) =>
        host.Client.GetAsync(new Uri(route, UriKind.Relative), TestContext.Current.CancellationToken);
}

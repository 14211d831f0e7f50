using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>The dashboard: a page without data, which asks the API for everything that it shows.</summary>
public sealed class DashboardFunctions(StorageAccount account, HttpAnswers answers)
{
    private static readonly StaticFile Page = StaticFile.Read("dashboard.html", "text/html; charset=utf-8");

    private static readonly Dictionary<string, StaticFile> Files = new(StringComparer.Ordinal)
    {
        ["dashboard.js"] = StaticFile.Read("dashboard.js", "text/javascript; charset=utf-8"),
        ["dashboard.css"] = StaticFile.Read("dashboard.css", "text/css; charset=utf-8"),
        ["icon.svg"] = StaticFile.Read("icon.svg", "image/svg+xml"),
    };

    /// <summary>The page. Its addresses are relative to it, so with a slash at its end it would not find them.</summary>
    [Function(nameof(GetDashboard))]
    public Task GetDashboard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard")] HttpRequest request) =>
        answers.AnswerAsync(request, () =>
        {
            if (request.Path.Value!.EndsWith('/'))
            {
                return Task.FromResult(Results.Redirect("../dashboard"));
            }

            request.HttpContext.Response.Headers.ContentSecurityPolicy = Policy();
            return Task.FromResult<IResult>(Page);
        });

    /// <summary>Its script, its style and its icon.</summary>
    [Function(nameof(GetDashboardFile))]
    public Task GetDashboardFile(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{file}")] HttpRequest request,
        string file) =>
        answers.AnswerAsync(request, () => Task.FromResult<IResult>(
            Files.TryGetValue(file, out StaticFile? found) ? found : Problem.NotFound($"The dashboard has {string.Join(", ", Files.Keys)}.")));

    /// <summary>What the page may load: itself, the API of the app, and recordings from where they are archived. Nothing else.</summary>
    private string Policy()
    {
        // Without its query, which may be a signature.
        string recordings = account.Blobs.GetBlobContainerClient(StorageNames.RecordingContainer).Uri.GetLeftPart(UriPartial.Path);
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
            $"media-src {recordings}/; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
            "require-trusted-types-for 'script'; trusted-types 'none'";
    }
}

using ConferenceFunctions.Core;
using ConferenceFunctions.Core.Health;

namespace ConferenceFunctions.OpenApi;

/// <summary>Operations about the app itself.</summary>
internal static class AppOperations
{
    public const string Area = "app";

    private static readonly OperationAnswer Unchanged = OperationAnswer.Empty(304, "It is still what `If-None-Match` names.");

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(HealthFunctions.GetHealth), ["get", "head"], "health", Area, OperationAccess.Anyone, "Whether the app answers")
        {
            Answers = [OperationAnswer.Json("It does.", ApiJson.Default.Liveness, new Liveness())],
        },
        new(nameof(HealthFunctions.GetHealthDetail), ["get"], "health/detail", Area, OperationAccess.FunctionKey, "How the system is, in detail")
        {
            Description = "Always 200 where it answers at all: the status is in the answer.",
            Answers = [OperationAnswer.Json("The report.", ApiJson.Default.HealthReport, Examples.Health)],
        },
        new(nameof(OpenApiFunctions.GetOpenApi), ["get", "head"], "openapi.json", Area, OperationAccess.Anyone, "This description")
        {
            Answers = [new(200, "An OpenAPI document.") { ContentType = "application/json" }, Unchanged],
        },
        new(nameof(DashboardFunctions.GetDashboard), ["get", "head"], "dashboard", Area, OperationAccess.Anyone, "The dashboard")
        {
            Description = "A page without data, which asks for a function key.",
            Answers = [OperationAnswer.Text("The page.", "text/html", "<!doctype html>"), Unchanged],
        },
        new(nameof(DashboardFunctions.GetDashboardFile), ["get", "head"], "dashboard/{file}", Area, OperationAccess.Anyone, "A file of the dashboard")
        {
            Parameters = [OperationParameter.Path("file", "dashboard.js, dashboard.css or icon.svg.", "dashboard.js")],
            Answers = [OperationAnswer.Text("The file.", "text/javascript", "'use strict';"), Unchanged],
            Problems = [new(404, "The dashboard has no such file.", "The dashboard has dashboard.js, dashboard.css, icon.svg.")],
        },
    ];
}

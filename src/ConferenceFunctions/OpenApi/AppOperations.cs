namespace ConferenceFunctions.OpenApi;

/// <summary>Operations about the app itself.</summary>
internal static class AppOperations
{
    public const string Area = "app";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new(nameof(OpenApiFunctions.GetOpenApi), ["get", "head"], "openapi.json", Area, OperationAccess.Anyone, "This description")
        {
            Answers =
            [
                new(200, "An OpenAPI document.") { ContentType = "application/json" },
                OperationAnswer.Empty(304, "It is still what `If-None-Match` names."),
            ],
        },
    ];
}

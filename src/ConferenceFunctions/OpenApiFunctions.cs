using ConferenceFunctions.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ConferenceFunctions;

/// <summary>Describes the API to machines.</summary>
public sealed class OpenApiFunctions(HttpAnswers answers)
{
    private static readonly StaticFile Document = StaticFile.Read("openapi.json", "application/json");

    /// <summary>The description, in OpenAPI.</summary>
    [Function(nameof(GetOpenApi))]
    public Task GetOpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request) =>
        answers.AnswerAsync(request, () => Task.FromResult<IResult>(Document));
}

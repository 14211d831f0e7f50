namespace ConferenceFunctions.OpenApi;

/// <summary>What an operation answers when something is wrong, as problem details.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">When.</param>
/// <param name="Example">An example of <c>detail</c>.</param>
internal sealed record OperationProblem(int Status, string Description, string Example);

namespace ConferenceFunctions.OpenApi;

/// <summary>What a function does for those who call it over HTTP.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Methods">HTTP methods that it takes, the usual one first.</param>
/// <param name="Route">Its route below <c>/api</c>.</param>
/// <param name="Area">What it is about.</param>
/// <param name="Access">What lets a request in.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record Operation(string Function, IReadOnlyList<string> Methods, string Route, string Area, OperationAccess Access, string Summary)
{
    /// <summary>What else is to be known; null for nothing.</summary>
    public string? Description { get; init; }

    /// <summary>Its parameters, those of its route included.</summary>
    public IReadOnlyList<OperationParameter> Parameters { get; init; } = [];

    /// <summary>The body that it takes by POST or PUT; null for none.</summary>
    public OperationBody? Body { get; init; }

    /// <summary>What it answers when all is well.</summary>
    public required IReadOnlyList<OperationAnswer> Answers { get; init; }

    /// <summary>What it answers when something is wrong, beyond what every operation may answer.</summary>
    public IReadOnlyList<OperationProblem> Problems { get; init; } = [];
}

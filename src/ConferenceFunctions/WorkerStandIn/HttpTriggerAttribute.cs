namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter to the HTTP request that calls the function.</summary>
/// <param name="authLevel">What key the function asks for.</param>
/// <param name="methods">HTTP methods.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    /// <summary>What key the function asks for.</summary>
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    /// <summary>HTTP methods.</summary>
    public string[] Methods { get; } = methods;

    /// <summary>Route below the prefix of host.json.</summary>
    public string? Route { get; set; }
}

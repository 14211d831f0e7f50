namespace Microsoft.Azure.Functions.Worker;

/// <summary>What key a function asks for.</summary>
public enum AuthorizationLevel
{
    /// <summary>None.</summary>
    Anonymous = 0,

    /// <summary>A function key.</summary>
    Function = 2,
}

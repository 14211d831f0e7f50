namespace ConferenceFunctions.OpenApi;

/// <summary>What lets a request in.</summary>
internal enum OperationAccess
{
    /// <summary>A function key.</summary>
    FunctionKey,

    /// <summary>SignalWire's signature, or the token in the URL that it was given.</summary>
    SignalWire,

    /// <summary>Nothing: there is no data to be had.</summary>
    Anyone,
}

namespace ConferenceFunctions.LocalHost.Functions;

/// <summary>How a call of a queue function ended.</summary>
internal enum FunctionOutcome
{
    /// <summary>It has done its work.</summary>
    Succeeded,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>It broke off because the host stops, which says nothing against the message.</summary>
    Stopped,
}

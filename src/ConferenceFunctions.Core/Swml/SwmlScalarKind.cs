namespace ConferenceFunctions.Core.Swml;

/// <summary>What a scalar is.</summary>
public enum SwmlScalarKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number, as JSON writes them.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,
}

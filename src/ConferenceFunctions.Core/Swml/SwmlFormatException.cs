namespace ConferenceFunctions.Core.Swml;

/// <summary>A text is not a SWML document.</summary>
public sealed class SwmlFormatException : Exception
{
    /// <summary>The text has these faults.</summary>
    public SwmlFormatException(IReadOnlyList<SwmlFault> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>The text has this fault.</summary>
    public SwmlFormatException(string message, int line = 1, int column = 1)
        : this([new SwmlFault("", line, column, message)])
    {
    }

    /// <summary>What is wrong, at least one.</summary>
    public IReadOnlyList<SwmlFault> Faults { get; }
}

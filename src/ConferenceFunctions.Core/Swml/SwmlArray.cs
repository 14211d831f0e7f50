namespace ConferenceFunctions.Core.Swml;

/// <summary>Values in order.</summary>
/// <param name="items">The values.</param>
/// <param name="line">Line in the text.</param>
/// <param name="column">Column in the text.</param>
public sealed class SwmlArray(IReadOnlyList<SwmlNode> items, int line = 0, int column = 0) : SwmlNode(line, column)
{
    /// <summary>The values, in order.</summary>
    public IReadOnlyList<SwmlNode> Items { get; } = items;
}

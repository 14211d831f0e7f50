namespace ConferenceFunctions.Core.Swml;

/// <summary>A node of a SWML document, as its author wrote it. Immutable.</summary>
/// <param name="line">Line in the text, from 1; 0 for a node that was made here.</param>
/// <param name="column">Column in the text, from 1; 0 for a node that was made here.</param>
public abstract class SwmlNode(int line, int column)
{
    /// <summary>Line in the text, from 1; 0 for a node that was made here.</summary>
    public int Line { get; } = line;

    /// <summary>Column in the text, from 1; 0 for a node that was made here.</summary>
    public int Column { get; } = column;
}

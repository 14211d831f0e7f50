namespace ConferenceFunctions.Core.Swml;

/// <summary>A name and its value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
/// <param name="Line">Line of the name in the text, from 1; 0 for one that was made here.</param>
/// <param name="Column">Column of the name in the text, from 1; 0 for one that was made here.</param>
public sealed record SwmlMember(string Name, SwmlNode Value, int Line = 0, int Column = 0);

namespace ConferenceFunctions.Core.Swml;

/// <summary>Something that is wrong in a SWML document.</summary>
/// <param name="Path">Where, as <c>sections.main[0].join_conference.beep</c>; empty for the document itself.</param>
/// <param name="Line">Line in the text, from 1; 0 where it has none.</param>
/// <param name="Column">Column in the text, from 1; 0 where it has none.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
/// <param name="Value">The value that is wrong, shortened; null where it is not about a value.</param>
/// <param name="Allowed">What is allowed in its place; null where that can't be listed.</param>
public sealed record SwmlFault(string Path, int Line, int Column, string Message, string? Value = null, string? Allowed = null)
{
    /// <inheritdoc />
    public override string ToString() => $"{(Path.Length == 0 ? "document" : Path)} (line {Line}, column {Column}): {Message}";
}

namespace ConferenceFunctions.Core.Swml;

/// <summary>Names and values, in the author's order, each name once.</summary>
/// <param name="members">The members.</param>
/// <param name="line">Line in the text.</param>
/// <param name="column">Column in the text.</param>
public sealed class SwmlObject(IReadOnlyList<SwmlMember> members, int line = 0, int column = 0) : SwmlNode(line, column)
{
    /// <summary>An object without members.</summary>
    public static SwmlObject Empty { get; } = new([]);

    /// <summary>The members, in the author's order.</summary>
    public IReadOnlyList<SwmlMember> Members { get; } = members;

    /// <summary>The value of that name, or null where there is none.</summary>
    public SwmlNode? this[string name] => Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <summary>An object with one member.</summary>
    public static SwmlObject Of(string name, SwmlNode value) => new([new SwmlMember(name, value)]);
}

namespace ConferenceFunctions.Core.Swml;

/// <summary>One condition of a <c>cond</c>. A condition without <c>when</c> is a final <c>else</c>.</summary>
/// <param name="When">Expression, without <c>${}</c>; null for a final else.</param>
/// <param name="Then">Steps where it holds; null for a final else.</param>
/// <param name="Else">Steps where it does not; null where there are none.</param>
public sealed record SwmlCondition(string? When, IReadOnlyList<SwmlNode>? Then, IReadOnlyList<SwmlNode>? Else)
{
    /// <summary>Reads the conditions of a cond that was validated.</summary>
    public static IReadOnlyList<SwmlCondition> From(SwmlArray body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return [.. body.Items.OfType<SwmlObject>().Select(condition =>
            new SwmlCondition(condition.Text("when"), SwmlSteps.Of(condition["then"]), SwmlSteps.Of(condition["else"])))];
    }

    /// <summary>The condition as a node.</summary>
    public SwmlObject ToNode() => new SwmlObjectBuilder()
        .Text("when", When)
        .Node("then", Then is null ? null : new SwmlArray(Then))
        .Node("else", Else is null ? null : new SwmlArray(Else))
        .Build();
}

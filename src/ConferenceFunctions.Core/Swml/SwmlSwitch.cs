namespace ConferenceFunctions.Core.Swml;

/// <summary>The body of a <c>switch</c>: what to do for each value of a variable.</summary>
/// <param name="Variable">Name of the variable, without <c>${}</c>.</param>
/// <param name="Cases">Steps for each value, in the author's order.</param>
/// <param name="Default">Steps for every other value; null where there are none.</param>
public sealed record SwmlSwitch(string Variable, IReadOnlyList<KeyValuePair<string, IReadOnlyList<SwmlNode>>> Cases, IReadOnlyList<SwmlNode>? Default)
{
    /// <summary>Reads the body of a switch that was validated.</summary>
    public static SwmlSwitch From(SwmlObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new SwmlSwitch(
            body.Text("variable") ?? "",
            [.. ((body["case"] as SwmlObject)?.Members ?? []).Select(branch => KeyValuePair.Create(branch.Name, SwmlSteps.Of(branch.Value) ?? []))],
            SwmlSteps.Of(body["default"]));
    }

    /// <summary>The body as a node.</summary>
    public SwmlObject ToNode() => new SwmlObjectBuilder()
        .Text("variable", Variable)
        .Node("case", new SwmlObject([.. Cases.Select(branch => new SwmlMember(branch.Key, new SwmlArray(branch.Value)))]))
        .Node("default", Default is null ? null : new SwmlArray(Default))
        .Build();
}

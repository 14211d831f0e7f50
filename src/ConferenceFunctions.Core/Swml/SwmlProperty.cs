namespace ConferenceFunctions.Core.Swml;

/// <summary>A property of a SWML object: what it takes, and what it means to leave it out.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Required">Whether it must be there.</param>
/// <param name="Default">What counts where it is left out, as text; null without a default.</param>
/// <param name="Words">The words that it takes; the schemes of a URL.</param>
/// <param name="Min">Smallest number.</param>
/// <param name="Max">Greatest number.</param>
/// <param name="Properties">Properties of a nested object.</param>
public sealed record SwmlProperty(
    string Name,
    SwmlPropertyKind Kind,
    bool Required = false,
    string? Default = null,
    IReadOnlyList<string>? Words = null,
    int Min = int.MinValue,
    int Max = int.MaxValue,
    IReadOnlyList<SwmlProperty>? Properties = null)
{
    /// <summary>What it takes, in words, for people.</summary>
    public string Allowed => TakesVariable ? Literals + ", or a variable such as %{vars.x}" : Literals;

    /// <summary>What it takes where variables are not for whoever writes it, in words, for people.</summary>
    public string Literals => Kind switch
    {
        SwmlPropertyKind.Boolean => "true or false",
        SwmlPropertyKind.WholeNumber => $"a whole number from {Min} to {Max}",
        SwmlPropertyKind.Word => $"one of: {string.Join(", ", Words!)}",
        SwmlPropertyKind.Words => $"a list of these, separated by blanks: {string.Join(", ", Words!)}",
        SwmlPropertyKind.Url => $"an absolute URL that begins with {string.Join(" or ", Words!.Select(scheme => scheme + "://"))}",
        SwmlPropertyKind.Nested => $"an object with: {string.Join(", ", Properties!.Select(property => property.Name))}",
        SwmlPropertyKind.AnyObject => "an object",
        SwmlPropertyKind.Branch => "the body of a switch (variable, case, default), or the array of a cond ([{when, then, else}])",
        _ => "text that is not empty",
    };

    /// <summary>Whether a query parameter can give it.</summary>
    public bool IsScalar => Kind is not (SwmlPropertyKind.Nested or SwmlPropertyKind.AnyObject or SwmlPropertyKind.Branch);

    // Text takes one as it takes any text.
    private bool TakesVariable => Kind is not (SwmlPropertyKind.Text or SwmlPropertyKind.Branch);
}

using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>A step of a document: a method and what it is given.</summary>
/// <param name="Method">The method.</param>
/// <param name="Body">What it is given; null for a bare method.</param>
internal sealed record SwmlStep(string Method, SwmlNode? Body)
{
    /// <summary>The step that a node is; null where it is none.</summary>
    public static SwmlStep? Of(SwmlNode node) => node switch
    {
        SwmlScalar { Kind: SwmlScalarKind.Text } bare => new SwmlStep(bare.Text, null),
        SwmlObject { Members: [var method] } => new SwmlStep(method.Name, method.Value),
        _ => null,
    };

    /// <summary>The value of a property of the body as text; null where there is none.</summary>
    public string? Text(string property) => ((Body as SwmlObject)?[property] as SwmlScalar)?.Text;
}

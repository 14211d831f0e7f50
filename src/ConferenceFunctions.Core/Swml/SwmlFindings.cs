using System.Globalization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>What the check of a document found so far, in the order in which it was found.</summary>
internal sealed class SwmlFindings
{
    private const int ShownLength = 80;

    private readonly List<SwmlFault> _faults = [];
    private readonly List<SwmlFault> _warnings = [];

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<SwmlFault> Faults => _faults;

    /// <summary>What is only suspicious.</summary>
    public IReadOnlyList<SwmlFault> Warnings => _warnings;

    /// <summary>Notes something suspicious.</summary>
    public void Warn(SwmlFault warning) => _warnings.Add(warning);

    /// <summary>Notes a name that its owner doesn't have, with the nearest one that it has.</summary>
    public void RefuseName(SwmlPath path, SwmlMember member, IEnumerable<string> known, string owner)
    {
        string[] names = [.. known];
        _faults.Add(new SwmlFault(
            path.ToString(), member.Line, member.Column, $"'{Shorten(member.Name)}' is unknown.{SwmlNames.Hint(member.Name, names)} Leave it out, or write what {owner} takes: {string.Join(", ", names)}.",
            Shorten(member.Name), string.Join(", ", names)));
    }

    /// <summary>Notes a fault: what is wrong, what stands there, and what is allowed.</summary>
    public void Refuse(SwmlPath path, SwmlNode at, string message, string allowed, bool showValue = true) => _faults.Add(new SwmlFault(
        path.ToString(), at.Line, at.Column, $"{message} It takes {allowed}.", showValue ? Show(at) : null, allowed));

    private static string Show(SwmlNode node) => node switch
    {
        SwmlObject => "an object",
        SwmlArray => "an array",
        SwmlScalar { Kind: SwmlScalarKind.Text } text => $"\"{Shorten(text.Text)}\"",
        SwmlScalar scalar => Shorten(scalar.Text),
        _ => "",
    };

    private static string Shorten(string text) =>
        text.Length <= ShownLength ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, ShownLength)}… ({text.Length} characters)");
}

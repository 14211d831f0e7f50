namespace ConferenceFunctions.Core.Swml;

/// <summary>Recognises steps.</summary>
public static class SwmlSteps
{
    // Variables, what is sent elsewhere, and what authors attach to things.
    private static readonly HashSet<string> DataNames = new(StringComparer.Ordinal)
    {
        "set", "set_meta", "vars", "params", "parameters", "argument", "body", "headers", "event", "meta", "meta_data", "global_data", "custom_parameters",
    };

    /// <summary>The steps of a list; null where the value is none.</summary>
    public static IReadOnlyList<SwmlNode>? Of(SwmlNode? value) => (value as SwmlArray)?.Items;

    /// <summary>
    /// Whether below that member there is only data, such as the variables of a <c>set</c>: nothing in it is a step, whatever it is
    /// called. A list is never taken for data, since sections and cases may have any name.
    /// </summary>
    public static bool IsData(SwmlMember member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Value is SwmlObject && DataNames.Contains(member.Name);
    }

    /// <summary>Whether the member is a <c>join_conference</c>.</summary>
    /// <param name="member">The member.</param>
    /// <param name="isStep">Whether it stands alone in an item of a list, as steps do; only there it may have its short form.</param>
    public static bool IsJoin(SwmlMember member, bool isStep)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.Name == JoinConferenceSchema.Method && (isStep || member.Value is SwmlObject);
    }

    /// <summary>
    /// The body of a <c>join_conference</c> as an object: short forms (<c>join_conference: room</c>, <c>join_conference: [room]</c>)
    /// name the conference. Null where the value is none.
    /// </summary>
    public static SwmlObject? BodyOf(SwmlNode? value) => value switch
    {
        SwmlObject body => body,
        SwmlScalar { Kind: SwmlScalarKind.Text } name => new SwmlObject([new SwmlMember("name", name, name.Line, name.Column)], name.Line, name.Column),
        SwmlArray { Items: [SwmlScalar { Kind: SwmlScalarKind.Text } only] } => BodyOf(only),
        _ => null,
    };

    /// <summary>Every <c>join_conference</c> of a document, wherever it is nested: where it stands, and its body.</summary>
    public static IEnumerable<(string Path, SwmlObject Body)> JoinsOf(SwmlObject document) =>
        JoinsOf(document, SwmlPath.Root, isItem: false).Select(join => (join.Path.ToString(), join.Body));

    private static IEnumerable<(SwmlPath Path, SwmlObject Body)> JoinsOf(SwmlNode node, SwmlPath path, bool isItem) => node switch
    {
        SwmlObject map => map.Members.Where(member => !IsData(member))
            .SelectMany(member => JoinsOf(member, path.Member(member.Name), isItem && map.Members.Count == 1)),
        SwmlArray array => array.Items.SelectMany((item, index) => JoinsOf(item, path.Item(index), isItem: true)),
        _ => [],
    };

    private static IEnumerable<(SwmlPath Path, SwmlObject Body)> JoinsOf(SwmlMember member, SwmlPath path, bool isStep)
    {
        if (IsJoin(member, isStep) && BodyOf(member.Value) is { } body)
        {
            yield return (path, body);
        }

        foreach ((SwmlPath Path, SwmlObject Body) join in JoinsOf(member.Value, path, isItem: false))
        {
            yield return join;
        }
    }
}

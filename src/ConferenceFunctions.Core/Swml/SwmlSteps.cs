namespace ConferenceFunctions.Core.Swml;

/// <summary>Recognises steps.</summary>
public static class SwmlSteps
{
    /// <summary>The steps of a list; null where the value is none.</summary>
    public static IReadOnlyList<SwmlNode>? Of(SwmlNode? value) => (value as SwmlArray)?.Items;

    /// <summary>The body of a <c>join_conference</c> step, or null where the value is none.</summary>
    public static SwmlNode? JoinConferenceOf(SwmlNode item) =>
        item is SwmlObject { Members: [{ Name: JoinConferenceSchema.Method } step] } ? step.Value : null;

    /// <summary>Every <c>join_conference</c> of a document, wherever it is nested: where it stands, and its body.</summary>
    public static IEnumerable<(string Path, SwmlObject Body)> JoinsOf(SwmlObject document) =>
        JoinsOf(document, SwmlPath.Root).Select(join => (join.Path.ToString(), join.Body));

    private static IEnumerable<(SwmlPath Path, SwmlObject Body)> JoinsOf(SwmlNode node, SwmlPath path) => node switch
    {
        SwmlObject map => map.Members.SelectMany(member => JoinsOf(member.Value, path.Member(member.Name))),
        SwmlArray array => array.Items.SelectMany((item, index) => JoinsOfItem(item, path.Item(index))),
        _ => [],
    };

    private static IEnumerable<(SwmlPath Path, SwmlObject Body)> JoinsOfItem(SwmlNode item, SwmlPath path)
    {
        if (JoinConferenceOf(item) is SwmlObject body)
        {
            yield return (path.Member(JoinConferenceSchema.Method), body);
        }

        foreach ((SwmlPath Path, SwmlObject Body) join in JoinsOf(item, path))
        {
            yield return join;
        }
    }
}

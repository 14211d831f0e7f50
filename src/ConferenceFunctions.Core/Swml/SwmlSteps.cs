namespace ConferenceFunctions.Core.Swml;

/// <summary>Recognises steps.</summary>
public static class SwmlSteps
{
    /// <summary>The steps of a list; null where the value is none.</summary>
    public static IReadOnlyList<SwmlNode>? Of(SwmlNode? value) => (value as SwmlArray)?.Items;

    /// <summary>The body of a <c>join_conference</c> step, or null where the value is none.</summary>
    public static SwmlNode? JoinConferenceOf(SwmlNode item) =>
        item is SwmlObject { Members: [{ Name: JoinConferenceSchema.Method } step] } ? step.Value : null;
}

using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>A list of steps that is being run, and how far.</summary>
/// <param name="steps">The steps.</param>
internal sealed class SwmlFrame(IReadOnlyList<SwmlNode> steps)
{
    private int _next;

    /// <summary>Whether it is a whole section, which <c>return</c> ends and <c>goto</c> does not leave.</summary>
    public bool IsSection { get; init; }

    /// <summary>The <c>params</c> to go back to when the section is done.</summary>
    public JsonObject? CallerParams { get; init; }

    /// <summary>The next step; null after the last one.</summary>
    public SwmlNode? Take() => _next < steps.Count ? steps[_next++] : null;

    /// <summary>Goes to a label.</summary>
    /// <returns>Whether it is in this list.</returns>
    public bool GoTo(string label)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (SwmlStep.Of(steps[i]) is { Method: "label", Body: SwmlScalar { Text: var name } } && name == label)
            {
                _next = i + 1;
                return true;
            }
        }

        return false;
    }
}

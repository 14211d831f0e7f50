using System.Text;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Swml;

namespace ConferenceFunctions.Tests.Simulator;

/// <summary>Documents for tests.</summary>
internal static class Documents
{
    /// <summary>A document of YAML.</summary>
    public static SwmlObject Read(string yaml) => SwmlText.Read(Encoding.UTF8.GetBytes(yaml));

    /// <summary>A document with one section of those steps.</summary>
    public static SwmlObject OfSteps(string steps) =>
        Read($"version: 1.0.0\nsections:\n  main:\n{string.Join('\n', steps.Split('\n').Select(line => "    " + line))}\n");

    /// <summary>The variables of a call by Ann.</summary>
    public static CallVariables Variables() => new(Room.Call("ann") with { From = "+15555550123" });

    /// <summary>Runs a document up to its first <c>join_conference</c>.</summary>
    public static (SwmlInterpreter Interpreter, JoinConference? Join) Run(SwmlObject document)
    {
        var interpreter = new SwmlInterpreter(document, Variables());
        return (interpreter, interpreter.Run());
    }

    /// <summary>What a document without a <c>join_conference</c> does, step by step.</summary>
    public static IReadOnlyList<string> Trace(SwmlObject document)
    {
        (SwmlInterpreter interpreter, JoinConference? join) = Run(document);
        Assert.Null(join);
        return [.. interpreter.Trace.Select(step => step.ToString())];
    }
}

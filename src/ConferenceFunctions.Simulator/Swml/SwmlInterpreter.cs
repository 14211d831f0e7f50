using System.Text.Json.Nodes;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Swml;

/// <summary>
/// Runs a document for one call, as far as the next <c>join_conference</c>; goes on from there when it is told the result. Knows
/// what has to do with conferences; other methods are passed over with a note. Nothing takes time here.
/// </summary>
internal sealed class SwmlInterpreter
{
    /// <summary>Most steps of one call.</summary>
    public const int MaxSteps = 10_000;

    private const int MaxDepth = 100;
    private const int MaxGoTo = 100;

    private readonly SwmlObject? _sections;
    private readonly CallVariables _variables;
    private readonly Stack<SwmlFrame> _frames = new();
    private readonly Dictionary<SwmlNode, int> _jumps = new(ReferenceEqualityComparer.Instance);
    private readonly List<SwmlTraceStep> _trace = [];
    private SwmlObject? _joining;

    /// <summary>Begins a document at its section <c>main</c>.</summary>
    public SwmlInterpreter(SwmlObject document, CallVariables variables)
    {
        _sections = document["sections"] as SwmlObject;
        _variables = variables;
        _frames.Push(new SwmlFrame(SectionOf("main") ?? []) { IsSection = true });
    }

    /// <summary>What was run so far, in order.</summary>
    public IReadOnlyList<SwmlTraceStep> Trace => _trace;

    /// <summary>Runs up to the next <c>join_conference</c>.</summary>
    /// <returns>What it asks for; null where the call is over.</returns>
    public JoinConference? Run()
    {
        while (_frames.TryPeek(out SwmlFrame? frame))
        {
            if (frame.Take() is not { } node)
            {
                Leave(_frames.Pop());
            }
            else if (_trace.Count >= MaxSteps || _frames.Count > MaxDepth)
            {
                Note("hangup", "the document does not come to an end");
                _frames.Clear();
            }
            else if (SwmlStep.Of(node) is { } step && Run(step, node) is { } join)
            {
                return join;
            }
        }

        return null;
    }

    /// <summary>Goes on after a <c>join_conference</c>: with its <c>result</c> where it has one, then with the next step.</summary>
    /// <param name="result">How the joining went.</param>
    /// <returns>What the next <c>join_conference</c> asks for; null where the call is over.</returns>
    public JoinConference? Resume(string result)
    {
        Apply(result);
        return Run();
    }

    private void Apply(string result)
    {
        _variables.Set("join_conference_result", result);
        _variables.Set("return_value", result);
        switch (_joining?["result"])
        {
            case SwmlObject branches:
                Branch(SwmlSwitch.From(branches));
                break;
            case SwmlArray conditions:
                Branch(SwmlCondition.From(conditions));
                break;
        }
    }

    private JoinConference? Run(SwmlStep step, SwmlNode node)
    {
        switch (step.Method)
        {
            case "answer" or "sleep" or "label":
                Note(step.Method, (step.Body as SwmlScalar)?.Text ?? "");
                break;
            case "play":
                Note(step.Method, string.Join(' ', UrlsOf(step)));
                break;
            case "hangup":
                Note(step.Method, step.Text("reason") ?? "");
                _frames.Clear();
                break;
            case "set":
                Note(step.Method, Set(step));
                break;
            case "unset":
                Note(step.Method, Unset(step));
                break;
            case "switch" when step.Body is SwmlObject branches:
                Note(step.Method, SwmlSwitch.From(branches).Variable);
                Branch(SwmlSwitch.From(branches));
                break;
            case "cond" when step.Body is SwmlArray conditions:
                Note(step.Method, "");
                Branch(SwmlCondition.From(conditions));
                break;
            case "goto":
                GoTo(step, node);
                break;
            case "execute":
                Execute(step);
                break;
            case "return":
                Return(step);
                break;
            case JoinConferenceSchema.Method when SwmlSteps.BodyOf(step.Body) is { } body:
                return Join(body);
            default:
                Note(step.Method, "passed over");
                break;
        }

        return null;
    }

    private JoinConference? Join(SwmlObject body)
    {
        _joining = body;
        // Steps in the result are expanded when they are run.
        var properties = new SwmlObject([.. body.Members.Where(member => member.Name != "result")]);
        var expanded = (SwmlObject)_variables.Expand(properties);
        if (SwmlValidator.Validate(expanded, JoinConferenceSchema.Method) is [{ } fault, ..])
        {
            Note(JoinConferenceSchema.Method, fault.Message);
            Apply(JoinResult.Failed);
            return null;
        }

        JoinConference join = JoinConference.From(expanded);
        Note(JoinConferenceSchema.Method, join.Name);
        return join;
    }

    private void Branch(SwmlSwitch branches)
    {
        string value = SwmlJsonNodes.ToText(_variables.Evaluate(branches.Variable, out _));
        IReadOnlyList<SwmlNode>? steps = branches.Cases.FirstOrDefault(branch => branch.Key == value).Value ?? branches.Default;
        _frames.Push(new SwmlFrame(steps ?? []));
    }

    private void Branch(IReadOnlyList<SwmlCondition> conditions)
    {
        foreach (SwmlCondition condition in conditions)
        {
            IReadOnlyList<SwmlNode>? steps = condition.When is { } when && Holds(when) ? condition.Then ?? [] : condition.Else;
            if (steps is not null)
            {
                _frames.Push(new SwmlFrame(steps));
                return;
            }
        }
    }

    private bool Holds(string when)
    {
        bool holds = SwmlExpression.IsTrue(_variables.Evaluate(when, out string? fault));
        if (fault is not null)
        {
            Note("when", $"{when}: {fault}");
        }

        return holds;
    }

    private string Set(SwmlStep step)
    {
        SwmlObject values = step.Body as SwmlObject ?? SwmlObject.Empty;
        foreach (SwmlMember member in values.Members)
        {
            _variables.Set(member.Name, SwmlJsonNodes.ToJson(_variables.Expand(member.Value)));
        }

        return string.Join(' ', values.Members.Select(member => member.Name));
    }

    private string Unset(SwmlStep step)
    {
        SwmlNode? body = (step.Body as SwmlObject)?["vars"] ?? step.Body;
        string[] names = [.. (SwmlSteps.Of(body) ?? (body is null ? [] : [body])).OfType<SwmlScalar>().Select(name => name.Text)];
        foreach (string name in names)
        {
            _variables.Unset(name);
        }

        return string.Join(' ', names);
    }

    private void GoTo(SwmlStep step, SwmlNode node)
    {
        string label = step.Text("label") ?? (step.Body as SwmlScalar)?.Text ?? "";
        int max = int.TryParse(step.Text("max"), out int given) ? Math.Min(given, MaxGoTo) : MaxGoTo;
        if (_jumps.GetValueOrDefault(node) >= max)
        {
            Note(step.Method, $"{label}: gone to {max} times");
        }
        else if (step.Text("when") is not { } when || Holds(when))
        {
            _jumps[node] = _jumps.GetValueOrDefault(node) + 1;
            Note(step.Method, label);
            GoTo(label);
        }
    }

    private void GoTo(string label)
    {
        // The label may be in any list around the step, up to its section.
        SwmlFrame[] section = [.. _frames.TakeWhile(frame => !frame.IsSection), _frames.First(frame => frame.IsSection)];
        if (Array.Find(section, frame => frame.GoTo(label)) is not { } target)
        {
            Note("goto", $"there is no label '{label}' in this section");
            return;
        }

        while (_frames.Peek() != target)
        {
            _frames.Pop();
        }
    }

    private void Execute(SwmlStep step)
    {
        string destination = step.Text("dest") ?? (step.Body as SwmlScalar)?.Text ?? "";
        if (SectionOf(destination) is not { } steps)
        {
            Note(step.Method, $"passed over: there is no section '{destination}'");
            return;
        }

        Note(step.Method, destination);
        if ((step.Body as SwmlObject)?["on_return"] is SwmlArray afterwards)
        {
            _frames.Push(new SwmlFrame(afterwards.Items));
        }

        _frames.Push(new SwmlFrame(steps) { IsSection = true, CallerParams = _variables.Params });
        _variables.Params = ParamsOf(step);
    }

    private JsonObject ParamsOf(SwmlStep step) =>
        (step.Body as SwmlObject)?["params"] is { } given ? SwmlJsonNodes.ToJson(_variables.Expand(given)) as JsonObject ?? [] : [];

    private void Return(SwmlStep step)
    {
        Note(step.Method, "");
        if (step.Body is { } value)
        {
            _variables.Set("return_value", SwmlJsonNodes.ToJson(_variables.Expand(value)));
        }

        while (_frames.TryPop(out SwmlFrame? frame))
        {
            Leave(frame);
            if (frame.IsSection)
            {
                return;
            }
        }
    }

    private void Leave(SwmlFrame frame) => _variables.Params = frame.CallerParams ?? _variables.Params;

    private IReadOnlyList<SwmlNode>? SectionOf(string name) => SwmlSteps.Of(_sections?[name]);

    private IEnumerable<string> UrlsOf(SwmlStep step)
    {
        SwmlObject body = step.Body as SwmlObject ?? SwmlObject.Empty;
        IReadOnlyList<SwmlNode> urls = SwmlSteps.Of(body["urls"]) ?? (body["url"] is { } url ? [url] : []);
        return urls.Select(_variables.Expand).OfType<SwmlScalar>().Select(value => value.Text);
    }

    private void Note(string method, string note) => _trace.Add(new SwmlTraceStep(method, note));
}

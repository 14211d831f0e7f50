namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// Checks a document: its structure, every <c>join_conference</c> in it strictly, wherever it is nested, and other methods not at
/// all, since they grow. Collects everything that is wrong.
/// </summary>
public sealed class SwmlValidator
{
    private const string Version = "1.0.0";

    // SignalWire's methods. They grow: an unknown one is worth a warning, and no fault.
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "ai", "ai_sidecar", "amazon_bedrock", "answer", "cond", "connect", "denoise", "detect_machine", "dial", "echo", "enter_queue", "eval",
        "execute", "execute_rpc", "goto", "hangup", "if", "join_conference", "join_room", "label", "live_transcribe", "live_translate", "pay",
        "play", "prompt", "receive_fax", "record", "record_call", "request", "return", "ring", "send_digits", "send_fax", "send_sms", "set",
        "set_meta", "sip_refer", "sleep", "stop_denoise", "stop_record_call", "stop_stream", "stop_tap", "stream", "switch", "tap",
        "transcribe", "transcribe_stop", "transfer", "unset", "user_event",
    };

    private readonly SwmlFindings _findings = new();
    private readonly JoinConferenceValidator _joins;

    private SwmlValidator() => _joins = new JoinConferenceValidator(_findings);

    /// <summary>Checks a document.</summary>
    /// <returns>What is wrong, and what is only suspicious.</returns>
    public static (IReadOnlyList<SwmlFault> Faults, IReadOnlyList<SwmlFault> Warnings) Validate(SwmlObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var validator = new SwmlValidator();
        validator.CheckDocument(document);
        return (validator._findings.Faults, validator._findings.Warnings);
    }

    /// <summary>Checks one <c>join_conference</c>.</summary>
    public static IReadOnlyList<SwmlFault> Validate(SwmlObject joinConference, string path)
    {
        var validator = new SwmlValidator();
        validator.CheckJoinConference(joinConference, SwmlPath.Root.Member(path));
        return validator._findings.Faults;
    }

    private void CheckDocument(SwmlObject document)
    {
        foreach (SwmlMember member in document.Members)
        {
            SwmlPath path = SwmlPath.Root.Member(member.Name);
            switch (member.Name)
            {
                case "version" when member.Value is not SwmlScalar { Kind: SwmlScalarKind.Text, Text: Version }:
                    _findings.Refuse(path, member.Value, $"'version' is not supported.", $"\"{Version}\"");
                    break;
                case "version" or "sections":
                    break;
                default:
                    _findings.RefuseName(path, member, ["version", "sections"], "a document");
                    break;
            }
        }

        switch (document["sections"])
        {
            case null:
                _findings.Refuse(SwmlPath.Root, document, "'sections' is missing.", "sections: { main: [ … ] }", showValue: false);
                break;
            case SwmlObject sections:
                CheckSections(sections);
                break;
            case SwmlNode other:
                _findings.Refuse(SwmlPath.Root.Member("sections"), other, "'sections' is no object.", "sections: { main: [ … ] }");
                break;
        }
    }

    private void CheckSections(SwmlObject sections)
    {
        SwmlPath path = SwmlPath.Root.Member("sections");
        if (sections["main"] is null)
        {
            _findings.Refuse(path, sections, "'main' is missing. It is where a call begins.", "main: [ … ]", showValue: false);
        }

        foreach (SwmlMember section in sections.Members)
        {
            SwmlPath sectionPath = path.Member(section.Name);
            if (section.Value is not SwmlArray steps)
            {
                _findings.Refuse(sectionPath, section.Value, "A section is a list of steps.", "an array of steps");
                continue;
            }

            if (section.Name == "main" && steps.Items.Count == 0)
            {
                _findings.Warn(new SwmlFault(sectionPath.ToString(), steps.Line, steps.Column, "'main' has no step: the call ends at once."));
            }

            CheckSteps(steps, sectionPath);
        }
    }

    private void CheckSteps(SwmlArray steps, SwmlPath path)
    {
        for (int i = 0; i < steps.Items.Count; i++)
        {
            CheckStep(steps.Items[i], path.Item(i));
        }
    }

    private void CheckStep(SwmlNode step, SwmlPath path)
    {
        switch (step)
        {
            case SwmlScalar { Kind: SwmlScalarKind.Text } bare when IsMethodName(bare.Text):
                CheckMethod(bare.Text, bare, path);
                break;
            case SwmlObject { Members: [var method] }:
                CheckMethod(method.Name, method.Value, path.Member(method.Name), method);
                break;
            case SwmlObject several:
                _findings.Refuse(path, several, several.Members.Count == 0 ? "The step is empty." : "The step has more than one method. Make each a step of its own.",
                    "one method, such as play: {…}", showValue: false);
                FindJoins(several, path);
                break;
            default:
                _findings.Refuse(path, step, "This is no step.", "one method, such as play: {…}, or a bare one, such as hangup");
                break;
        }
    }

    private static bool IsMethodName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || c == '_');

    private void CheckMethod(string name, SwmlNode body, SwmlPath path, SwmlMember? member = null)
    {
        if (!Methods.Contains(name))
        {
            _findings.Warn(new SwmlFault(path.ToString(), member?.Line ?? body.Line, member?.Column ?? body.Column,
                $"'{name}' is no method that is known here; it is passed on as it is.{SwmlNames.Hint(name, Methods)}"));
        }

        if (name == JoinConferenceSchema.Method)
        {
            // A bare one names no conference.
            CheckJoinConference(member is null ? new SwmlObject([], body.Line, body.Column) : body, path);
        }
        else if (!SwmlSteps.IsData(new SwmlMember(name, body)))
        {
            CheckNested(name, body, path);
        }
    }

    private void CheckJoinConference(SwmlNode body, SwmlPath path)
    {
        if (SwmlSteps.BodyOf(body) is { } properties)
        {
            _joins.Check(properties, path);
            if (properties.Members.FirstOrDefault(member => member.Name == "result") is { } result)
            {
                CheckAfterwards(result, path.Member(result.Name));
            }
        }
        else
        {
            _findings.Refuse(path, body, "'join_conference' takes an object, or the conference's name as text.", "join_conference: { name: … }");
        }
    }

    /// <summary>
    /// Looks through the body of another method for steps. Lists of steps are known for a few methods; a <c>join_conference</c>
    /// anywhere else is checked as well.
    /// </summary>
    private void CheckNested(string name, SwmlNode body, SwmlPath path)
    {
        switch (name, body)
        {
            case ("switch", SwmlObject branches):
                CheckSwitch(branches, path);
                break;
            case ("cond", SwmlArray conditions):
                CheckConditions(conditions, path);
                break;
            case ("execute" or "connect", SwmlObject properties):
                foreach (SwmlMember member in properties.Members)
                {
                    CheckAfterwards(member, path.Member(member.Name));
                }

                break;
            default:
                FindJoins(body, path);
                break;
        }
    }

    private void CheckAfterwards(SwmlMember member, SwmlPath path)
    {
        switch (member.Name, member.Value)
        {
            case ("result", SwmlObject branches):
                CheckSwitch(branches, path);
                break;
            case ("result", SwmlArray conditions):
                CheckConditions(conditions, path);
                break;
            case ("on_return", SwmlArray steps):
                CheckSteps(steps, path);
                break;
            default:
                FindJoins(member, path, isStep: false);
                break;
        }
    }

    private void CheckSwitch(SwmlObject branches, SwmlPath path)
    {
        foreach (SwmlMember member in branches.Members)
        {
            switch (member.Name, member.Value)
            {
                case ("case", SwmlObject cases):
                    foreach (SwmlMember branch in cases.Members)
                    {
                        CheckBranch(branch, path.Member("case").Member(branch.Name));
                    }

                    break;
                case ("default", SwmlArray steps):
                    CheckSteps(steps, path.Member("default"));
                    break;
                default:
                    FindJoins(member, path.Member(member.Name), isStep: false);
                    break;
            }
        }
    }

    private void CheckConditions(SwmlArray conditions, SwmlPath path)
    {
        for (int i = 0; i < conditions.Items.Count; i++)
        {
            if (conditions.Items[i] is SwmlObject condition)
            {
                foreach (SwmlMember member in condition.Members)
                {
                    CheckBranch(member, path.Item(i).Member(member.Name));
                }
            }
        }
    }

    private void CheckBranch(SwmlMember branch, SwmlPath path)
    {
        if (branch.Value is SwmlArray steps)
        {
            CheckSteps(steps, path);
        }
        else
        {
            FindJoins(branch, path, isStep: false);
        }
    }

    private void FindJoins(SwmlNode node, SwmlPath path, bool isItem = false)
    {
        switch (node)
        {
            case SwmlObject map:
                foreach (SwmlMember member in map.Members)
                {
                    FindJoins(member, path.Member(member.Name), isItem && map.Members.Count == 1);
                }

                break;
            case SwmlArray array:
                for (int i = 0; i < array.Items.Count; i++)
                {
                    FindJoins(array.Items[i], path.Item(i), isItem: true);
                }

                break;
        }
    }

    private void FindJoins(SwmlMember member, SwmlPath path, bool isStep)
    {
        if (SwmlSteps.IsData(member))
        {
            return;
        }

        if (SwmlSteps.IsJoin(member, isStep))
        {
            CheckJoinConference(member.Value, path);
        }
        else
        {
            FindJoins(member.Value, path);
        }
    }
}

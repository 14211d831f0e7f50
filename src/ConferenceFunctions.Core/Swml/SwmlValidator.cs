using System.Globalization;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// Checks a document: its structure, every <c>join_conference</c> in it strictly, wherever it is nested, and other methods not at
/// all, since they grow. Collects everything that is wrong.
/// </summary>
public sealed class SwmlValidator
{
    private const string Version = "1.0.0";
    private const int ShownLength = 80;

    // SignalWire's methods. They grow: an unknown one is worth a warning, and no fault.
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "ai", "ai_sidecar", "amazon_bedrock", "answer", "cond", "connect", "denoise", "detect_machine", "enter_queue", "execute", "goto",
        "hangup", "join_conference", "join_room", "label", "live_transcribe", "live_translate", "pay", "play", "prompt", "receive_fax",
        "record", "record_call", "request", "return", "send_digits", "send_fax", "send_sms", "set", "sip_refer", "sleep", "stop_denoise",
        "stop_record_call", "stop_stream", "stop_tap", "stream", "switch", "tap", "transcribe", "transcribe_stop", "transfer", "unset",
        "user_event",
    };

    private readonly List<SwmlFault> _faults = [];
    private readonly List<SwmlFault> _warnings = [];

    private SwmlValidator()
    {
    }

    /// <summary>Checks a document.</summary>
    /// <returns>What is wrong, and what is only suspicious.</returns>
    public static (IReadOnlyList<SwmlFault> Faults, IReadOnlyList<SwmlFault> Warnings) Validate(SwmlObject document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var validator = new SwmlValidator();
        validator.CheckDocument(document);
        return (validator._faults, validator._warnings);
    }

    /// <summary>Checks one <c>join_conference</c>.</summary>
    public static IReadOnlyList<SwmlFault> Validate(SwmlObject joinConference, string path)
    {
        var validator = new SwmlValidator();
        validator.CheckProperties(joinConference, JoinConferenceSchema.Properties, SwmlPath.Root.Member(path));
        return validator._faults;
    }

    private void CheckDocument(SwmlObject document)
    {
        foreach (SwmlMember member in document.Members)
        {
            SwmlPath path = SwmlPath.Root.Member(member.Name);
            switch (member.Name)
            {
                case "version" when member.Value is not SwmlScalar { Kind: SwmlScalarKind.Text, Text: Version }:
                    Refuse(path, member.Value, $"'version' is not supported.", $"\"{Version}\"");
                    break;
                case "version" or "sections":
                    break;
                default:
                    RefuseName(path, member, ["version", "sections"], "a document");
                    break;
            }
        }

        switch (document["sections"])
        {
            case null:
                Refuse(SwmlPath.Root, document, "'sections' is missing.", "sections: { main: [ … ] }", showValue: false);
                break;
            case SwmlObject sections:
                CheckSections(sections);
                break;
            case SwmlNode other:
                Refuse(SwmlPath.Root.Member("sections"), other, "'sections' is no object.", "sections: { main: [ … ] }");
                break;
        }
    }

    private void CheckSections(SwmlObject sections)
    {
        SwmlPath path = SwmlPath.Root.Member("sections");
        if (sections["main"] is null)
        {
            Refuse(path, sections, "'main' is missing. It is where a call begins.", "main: [ … ]", showValue: false);
        }

        foreach (SwmlMember section in sections.Members)
        {
            SwmlPath sectionPath = path.Member(section.Name);
            if (section.Value is not SwmlArray steps)
            {
                Refuse(sectionPath, section.Value, "A section is a list of steps.", "an array of steps");
                continue;
            }

            if (section.Name == "main" && steps.Items.Count == 0)
            {
                Refuse(sectionPath, steps, "'main' has no step.", "at least one step", showValue: false);
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
                Refuse(path, several, several.Members.Count == 0 ? "The step is empty." : "The step has more than one method. Make each a step of its own.",
                    "one method, such as play: {…}", showValue: false);
                break;
            default:
                Refuse(path, step, "This is no step.", "one method, such as play: {…}, or a bare one, such as hangup");
                break;
        }
    }

    private static bool IsMethodName(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterLower(c) || c == '_');

    private void CheckMethod(string name, SwmlNode body, SwmlPath path, SwmlMember? member = null)
    {
        if (!Methods.Contains(name))
        {
            _warnings.Add(new SwmlFault(path.ToString(), member?.Line ?? body.Line, member?.Column ?? body.Column,
                $"'{name}' is no method that is known here; it is passed on as it is.{SwmlNames.Hint(name, Methods)}"));
        }

        if (name == JoinConferenceSchema.Method)
        {
            CheckJoinConference(body, path);
        }
        else
        {
            CheckNested(name, body, path);
        }
    }

    private void CheckJoinConference(SwmlNode body, SwmlPath path)
    {
        if (body is SwmlObject properties)
        {
            CheckProperties(properties, JoinConferenceSchema.Properties, path);
        }
        else
        {
            Refuse(path, body, "'join_conference' takes an object.", "join_conference: { name: … }");
        }
    }

    /// <summary>
    /// Looks through the body of another method for steps. Lists of steps are known for a few methods; a <c>join_conference</c> in
    /// any other list is checked as well.
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
                FindJoins(member.Value, path);
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
                        CheckBranch(branch.Value, path.Member("case").Member(branch.Name));
                    }

                    break;
                case ("default", SwmlArray steps):
                    CheckSteps(steps, path.Member("default"));
                    break;
                default:
                    FindJoins(member.Value, path.Member(member.Name));
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
                    CheckBranch(member.Value, path.Item(i).Member(member.Name));
                }
            }
        }
    }

    private void CheckBranch(SwmlNode branch, SwmlPath path)
    {
        if (branch is SwmlArray steps)
        {
            CheckSteps(steps, path);
        }
        else
        {
            FindJoins(branch, path);
        }
    }

    private void FindJoins(SwmlNode node, SwmlPath path)
    {
        switch (node)
        {
            case SwmlObject map:
                foreach (SwmlMember member in map.Members)
                {
                    FindJoins(member.Value, path.Member(member.Name));
                }

                break;
            case SwmlArray array:
                for (int i = 0; i < array.Items.Count; i++)
                {
                    if (SwmlSteps.JoinConferenceOf(array.Items[i]) is { } body)
                    {
                        CheckJoinConference(body, path.Item(i).Member(JoinConferenceSchema.Method));
                    }
                    else
                    {
                        FindJoins(array.Items[i], path.Item(i));
                    }
                }

                break;
        }
    }

    private void CheckProperties(SwmlObject value, IReadOnlyList<SwmlProperty> properties, SwmlPath path)
    {
        foreach (SwmlProperty missing in properties.Where(property => property.Required && value[property.Name] is null))
        {
            Refuse(path, value, $"'{missing.Name}' is missing.", missing.Allowed, showValue: false);
        }

        foreach (SwmlMember member in value.Members)
        {
            SwmlPath memberPath = path.Member(member.Name);
            if (properties.FirstOrDefault(property => property.Name == member.Name) is { } property)
            {
                CheckProperty(property, member.Value, memberPath);
            }
            else
            {
                RefuseName(memberPath, member, properties.Select(known => known.Name), "it");
            }
        }
    }

    private void CheckProperty(SwmlProperty property, SwmlNode value, SwmlPath path)
    {
        switch (property.Kind, value)
        {
            case (SwmlPropertyKind.Nested, SwmlObject nested):
                CheckProperties(nested, property.Properties!, path);
                break;
            case (SwmlPropertyKind.TextMap, SwmlObject map):
                foreach (SwmlMember member in map.Members.Where(member => member.Value is not SwmlScalar { Kind: SwmlScalarKind.Text }))
                {
                    Refuse(path.Member(member.Name), member.Value, $"'{member.Name}' is not text.", "text, in quotes where it looks like something else");
                }

                break;
            case (SwmlPropertyKind.Branch, SwmlObject branches):
                CheckResultSwitch(branches, path);
                break;
            case (SwmlPropertyKind.Branch, SwmlArray conditions):
                CheckResultConditions(conditions, path);
                break;
            case (_, SwmlScalar scalar) when SwmlScalarRules.Accepts(property, scalar):
                break;
            default:
                Refuse(path, value, $"'{property.Name}' {SwmlScalarRules.Complaint(property, value)}", property.Allowed);
                break;
        }
    }

    private void CheckResultSwitch(SwmlObject branches, SwmlPath path)
    {
        if (branches is { Members: [{ Name: "switch" or "cond" } wrapper] })
        {
            Refuse(path, wrapper.Value, $"'result' is the {wrapper.Name} itself: write its body without '{wrapper.Name}:' around it.",
                "variable, case, default", showValue: false);
            return;
        }

        if (branches["variable"] is not SwmlScalar { Kind: SwmlScalarKind.Text, Text.Length: > 0 })
        {
            Refuse(path, branches["variable"] ?? branches, "'variable' is missing or no text.", "the name of a variable, such as join_conference_result",
                showValue: branches["variable"] is not null);
        }

        if (branches["case"] is not SwmlObject)
        {
            Refuse(path, branches["case"] ?? branches, "'case' is missing or no object.", "case: { completed: [ … ] }", showValue: false);
        }

        foreach (SwmlMember unknown in branches.Members.Where(member => member.Name is not ("variable" or "case" or "default")))
        {
            RefuseName(path.Member(unknown.Name), unknown, ["variable", "case", "default"], "a switch");
        }

        RefuseUnlessSteps(branches["default"], path.Member("default"));
        foreach (SwmlMember branch in (branches["case"] as SwmlObject)?.Members ?? [])
        {
            RefuseUnlessSteps(branch.Value, path.Member("case").Member(branch.Name));
        }

        CheckSwitch(branches, path);
    }

    private void CheckResultConditions(SwmlArray conditions, SwmlPath path)
    {
        for (int i = 0; i < conditions.Items.Count; i++)
        {
            SwmlPath itemPath = path.Item(i);
            if (conditions.Items[i] is not SwmlObject condition)
            {
                Refuse(itemPath, conditions.Items[i], "This is no condition.", "{when: …, then: [ … ], else: [ … ]}");
                continue;
            }

            bool onlyElse = condition is { Members: [{ Name: "else" }] };
            if (!onlyElse && condition["when"] is not SwmlScalar { Kind: SwmlScalarKind.Text, Text.Length: > 0 })
            {
                Refuse(itemPath, condition["when"] ?? condition, "'when' is missing or no text.", "an expression, such as return_value == \"completed\"",
                    showValue: condition["when"] is not null);
            }

            if (!onlyElse && condition["then"] is null)
            {
                Refuse(itemPath, condition, "'then' is missing.", "an array of steps", showValue: false);
            }

            foreach (SwmlMember unknown in condition.Members.Where(member => member.Name is not ("when" or "then" or "else")))
            {
                RefuseName(itemPath.Member(unknown.Name), unknown, ["when", "then", "else"], "a condition");
            }

            RefuseUnlessSteps(condition["then"], itemPath.Member("then"));
            RefuseUnlessSteps(condition["else"], itemPath.Member("else"));
        }

        CheckConditions(conditions, path);
    }

    private void RefuseUnlessSteps(SwmlNode? node, SwmlPath path)
    {
        if (node is not (null or SwmlArray))
        {
            Refuse(path, node, "This is no list of steps.", "an array of steps");
        }
    }

    private void RefuseName(SwmlPath path, SwmlMember member, IEnumerable<string> known, string owner)
    {
        string[] names = [.. known];
        _faults.Add(new SwmlFault(
            path.ToString(), member.Line, member.Column, $"'{Shorten(member.Name)}' is unknown.{SwmlNames.Hint(member.Name, names)} Leave it out, or write what {owner} takes: {string.Join(", ", names)}.",
            Shorten(member.Name), string.Join(", ", names)));
    }

    private void Refuse(SwmlPath path, SwmlNode at, string message, string allowed, bool showValue = true) => _faults.Add(new SwmlFault(
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

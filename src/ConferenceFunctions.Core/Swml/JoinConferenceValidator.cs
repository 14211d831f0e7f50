namespace ConferenceFunctions.Core.Swml;

/// <summary>Checks the properties of a <c>join_conference</c>, strictly; the steps of its <c>result</c> are the document's.</summary>
internal sealed class JoinConferenceValidator(SwmlFindings findings)
{
    /// <summary>Checks one, at its place in the document.</summary>
    public void Check(SwmlObject joinConference, SwmlPath path) => CheckProperties(joinConference, JoinConferenceSchema.Properties, path);

    private void CheckProperties(SwmlObject value, IReadOnlyList<SwmlProperty> properties, SwmlPath path)
    {
        foreach (SwmlProperty missing in properties.Where(property => property.Required && value[property.Name] is null))
        {
            findings.Refuse(path, value, $"'{missing.Name}' is missing.", missing.Allowed, showValue: false);
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
                findings.RefuseName(memberPath, member, properties.Select(known => known.Name), "it");
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
            case (SwmlPropertyKind.AnyObject, SwmlObject):
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
                findings.Refuse(path, value, $"'{property.Name}' {SwmlScalarRules.Complaint(property, value)}", property.Allowed);
                break;
        }
    }

    private void CheckResultSwitch(SwmlObject branches, SwmlPath path)
    {
        if (branches is { Members: [{ Name: "switch" or "cond" } wrapper] })
        {
            findings.Refuse(path, wrapper.Value, $"'result' is the {wrapper.Name} itself: write its body without '{wrapper.Name}:' around it.",
                "variable, case, default", showValue: false);
            return;
        }

        if (branches["variable"] is not SwmlScalar { Kind: SwmlScalarKind.Text, Text.Length: > 0 })
        {
            findings.Refuse(path, branches["variable"] ?? branches, "'variable' is missing or no text.", "the name of a variable, such as join_conference_result",
                showValue: branches["variable"] is not null);
        }

        if (branches["case"] is not SwmlObject)
        {
            findings.Refuse(path, branches["case"] ?? branches, "'case' is missing or no object.", "case: { completed: [ … ] }", showValue: false);
        }

        foreach (SwmlMember unknown in branches.Members.Where(member => member.Name is not ("variable" or "case" or "default")))
        {
            findings.RefuseName(path.Member(unknown.Name), unknown, ["variable", "case", "default"], "a switch");
        }

        RefuseUnlessSteps(branches["default"], path.Member("default"));
        foreach (SwmlMember branch in (branches["case"] as SwmlObject)?.Members ?? [])
        {
            RefuseUnlessSteps(branch.Value, path.Member("case").Member(branch.Name));
        }
    }

    private void CheckResultConditions(SwmlArray conditions, SwmlPath path)
    {
        for (int i = 0; i < conditions.Items.Count; i++)
        {
            SwmlPath itemPath = path.Item(i);
            if (conditions.Items[i] is not SwmlObject condition)
            {
                findings.Refuse(itemPath, conditions.Items[i], "This is no condition.", "{when: …, then: [ … ], else: [ … ]}");
                continue;
            }

            bool onlyElse = condition is { Members: [{ Name: "else" }] };
            if (!onlyElse && condition["when"] is not SwmlScalar { Kind: SwmlScalarKind.Text, Text.Length: > 0 })
            {
                findings.Refuse(itemPath, condition["when"] ?? condition, "'when' is missing or no text.", "an expression, such as return_value == \"completed\"",
                    showValue: condition["when"] is not null);
            }

            if (!onlyElse && condition["then"] is null)
            {
                findings.Refuse(itemPath, condition, "'then' is missing.", "an array of steps", showValue: false);
            }

            foreach (SwmlMember unknown in condition.Members.Where(member => member.Name is not ("when" or "then" or "else")))
            {
                findings.RefuseName(itemPath.Member(unknown.Name), unknown, ["when", "then", "else"], "a condition");
            }

            RefuseUnlessSteps(condition["then"], itemPath.Member("then"));
            RefuseUnlessSteps(condition["else"], itemPath.Member("else"));
        }
    }

    private void RefuseUnlessSteps(SwmlNode? node, SwmlPath path)
    {
        if (node is not (null or SwmlArray))
        {
            findings.Refuse(path, node, "This is no list of steps.", "an array of steps");
        }
    }
}

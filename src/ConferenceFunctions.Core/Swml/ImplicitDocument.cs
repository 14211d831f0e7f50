using System.Diagnostics.CodeAnalysis;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// The document for a name that has no stored one: joins the conference of that name, and tells a caller who could not be put
/// into it. Query parameters set properties and roles.
/// </summary>
public static class ImplicitDocument
{
    /// <summary>Name of the parameter that presets properties.</summary>
    public const string RoleParameter = "role";

    private static readonly Dictionary<string, KeyValuePair<string, SwmlScalar>[]> Roles = new(StringComparer.Ordinal)
    {
        ["moderator"] = [new("start_on_enter", SwmlScalar.Of(true)), new("end_on_exit", SwmlScalar.Of(true))],
        ["participant"] = [new("start_on_enter", SwmlScalar.Of(false))],
        ["listener"] = [new("muted", SwmlScalar.Of(true)), new("beep", SwmlScalar.Of("false")), new("start_on_enter", SwmlScalar.Of(false))],
        ["coach"] = [],
    };

    /// <summary>The roles that there are.</summary>
    public static IReadOnlyCollection<string> RoleNames => Roles.Keys;

    /// <summary>Makes the document.</summary>
    /// <param name="name">The document's, and by default the conference's, name.</param>
    /// <param name="parameters">Query parameters, without our own token.</param>
    /// <param name="unavailableMessage">What a caller hears who could not be put into the conference.</param>
    /// <param name="document">The document, not instrumented yet.</param>
    /// <param name="fault">What is wrong with the parameters, and what they take.</param>
    public static bool TryCreate(
        string name,
        IReadOnlyList<KeyValuePair<string, string>> parameters,
        string unavailableMessage,
        [NotNullWhen(true)] out SwmlObject? document,
        [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        document = null;
        var properties = new Dictionary<string, SwmlScalar>(StringComparer.Ordinal) { ["name"] = SwmlScalar.Of(name) };
        HashSet<string> given = new(StringComparer.Ordinal);
        string? role = parameters.FirstOrDefault(parameter => parameter.Key == RoleParameter).Value;
        if (role is not null && !Roles.ContainsKey(role))
        {
            fault = $"The role '{Shorten(role)}' is unknown.{SwmlNames.Hint(role, Roles.Keys)} There are: {string.Join(", ", Roles.Keys)}.";
            return false;
        }

        foreach ((string property, SwmlScalar value) in role is null ? [] : Roles[role])
        {
            properties[property] = value;
        }

        foreach ((string parameter, string value) in parameters)
        {
            fault = !given.Add(parameter) ? $"The parameter '{Shorten(parameter)}' is there twice." : Set(properties, parameter, value);
            if (fault is not null)
            {
                return false;
            }
        }

        fault = role == "coach" && !properties.ContainsKey("coach")
            ? "The role 'coach' needs the parameter 'coach': the call id of the participant to coach, who must be in the conference."
            : null;
        if (fault is not null)
        {
            return false;
        }

        var body = new SwmlObject([.. properties.Select(property => new SwmlMember(property.Key, property.Value))]);
        document = Write(JoinConference.From(body), unavailableMessage);
        return true;
    }

    private static string? Set(Dictionary<string, SwmlScalar> properties, string parameter, string value)
    {
        if (parameter == RoleParameter)
        {
            return null;
        }

        IEnumerable<string> known = JoinConferenceSchema.Properties.Where(property => property.IsScalar).Select(property => property.Name);
        if (JoinConferenceSchema.Find(parameter) is not { IsScalar: true } schema)
        {
            string[] names = [RoleParameter, .. known];
            return $"The parameter '{Shorten(parameter)}' is unknown.{SwmlNames.Hint(parameter, names)} There are: {string.Join(", ", names)}.";
        }

        if (parameter == "region" && !JoinConferenceSchema.Regions.Contains(value))
        {
            return $"The parameter 'region' does not take '{Shorten(value)}'.{SwmlNames.Hint(value, JoinConferenceSchema.Regions)} It takes one of: {string.Join(", ", JoinConferenceSchema.Regions)}.";
        }

        // SWML has no escape for its variables, so what comes from outside must not be able to name one.
        SwmlScalar scalar = SwmlLiteral.Of(schema, SwmlLiteral.WithoutVariables(value));
        properties[parameter] = scalar;
        return SwmlScalarRules.Accepts(schema, scalar) ? null : $"The parameter '{parameter}' does not take '{Shorten(value)}'. It takes {schema.Literals}.";
    }

    private static SwmlObject Write(JoinConference join, string unavailableMessage)
    {
        SwmlObject hangUp = SwmlObject.Of("hangup", SwmlObject.Empty);
        var afterwards = new SwmlSwitch(
            "join_conference_result",
            [new("completed", [hangUp]), new("answered", [hangUp])],
            [SwmlObject.Of("play", SwmlObject.Of("url", SwmlScalar.Of($"say:{unavailableMessage}"))), hangUp]);
        var main = new SwmlArray(
            [SwmlObject.Of(JoinConferenceSchema.Method, join.ToNode()), SwmlObject.Of("switch", afterwards.ToNode())]);
        return new SwmlObject([new("version", SwmlScalar.Of("1.0.0")), new("sections", SwmlObject.Of("main", main))]);
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}

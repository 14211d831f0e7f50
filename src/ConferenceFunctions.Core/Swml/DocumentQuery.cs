using System.Diagnostics.CodeAnalysis;
using ConferenceFunctions.Core.SignalWire;

namespace ConferenceFunctions.Core.Swml;

/// <summary>Checks the query of a URL that is to be pasted into SignalWire, before a caller finds out.</summary>
public static class DocumentQuery
{
    // What the Functions host takes for a function key. It must never become part of a URL that is handed out.
    private const string FunctionKeyParameter = "code";

    /// <summary>Checks the parameters and writes them anew.</summary>
    /// <param name="name">The document's name.</param>
    /// <param name="stored">Whether it is stored. A stored one takes only a role, which says of its callers who they are.</param>
    /// <param name="query">The query as it came.</param>
    /// <param name="checkedQuery">The query for the URL, escaped anew, without function key and token.</param>
    /// <param name="fault">What is wrong, and what to change.</param>
    public static bool TryCheck(string name, bool stored, string query, [NotNullWhen(true)] out string? checkedQuery, [NotNullWhen(false)] out string? fault)
    {
        KeyValuePair<string, string>[] parameters = [.. FormFields.Parse(query)
            .Where(parameter => parameter.Key is not (FunctionKeyParameter or CapabilityTokens.Parameter))];
        checkedQuery = null;
        if (stored && parameters.FirstOrDefault(parameter => parameter.Key != ImplicitDocument.RoleParameter).Key is { } other)
        {
            fault = $"'{name}' is a stored document: it takes no parameter '{other}'. Write that into the document. The only parameter is '{ImplicitDocument.RoleParameter}'.";
            return false;
        }

        // A role means the same to a stored document, but presets nothing; a coach's call id is the document's business there.
        KeyValuePair<string, string>[] toCheck = stored ? [.. parameters, new("coach", "any")] : parameters;
        if (!ImplicitDocument.TryCreate(name, toCheck, "", out _, out fault))
        {
            return false;
        }

        checkedQuery = string.Join('&', parameters.Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value)}"));
        return true;
    }
}

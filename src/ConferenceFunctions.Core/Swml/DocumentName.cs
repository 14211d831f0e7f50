using System.Text.RegularExpressions;

namespace ConferenceFunctions.Core.Swml;

/// <summary>The names that documents may have: 1 to 64 of <c>A–Z a–z 0–9 _ -</c>, so that they need no escaping in any URL.</summary>
public static partial class DocumentName
{
    /// <summary>What a name may be, in words.</summary>
    public const string Rule = "A document's name has 1 to 64 of the characters A-Z a-z 0-9 _ -";

    /// <summary>What is added to a document's name for the one that plays while its callers wait.</summary>
    public const string WaitSuffix = "-wait";

    /// <summary>Whether it is such a name.</summary>
    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Pattern();
}

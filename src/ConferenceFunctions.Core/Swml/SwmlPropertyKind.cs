namespace ConferenceFunctions.Core.Swml;

/// <summary>What a property takes.</summary>
public enum SwmlPropertyKind
{
    /// <summary>Any text that is not empty; variables anywhere in it.</summary>
    Text,

    /// <summary>True or false, or a variable.</summary>
    Boolean,

    /// <summary>A whole number within a range, or a variable.</summary>
    WholeNumber,

    /// <summary>One of a few words, or a variable.</summary>
    Word,

    /// <summary>A list of words, separated by blanks; variables anywhere in it.</summary>
    Words,

    /// <summary>An absolute URL, or a variable; variables anywhere in it.</summary>
    Url,

    /// <summary>An object with properties of its own, or a variable.</summary>
    Nested,

    /// <summary>An object of whatever its author likes, or a variable.</summary>
    AnyObject,

    /// <summary>What to do afterwards: the body of a <c>switch</c>, or the array of a <c>cond</c>.</summary>
    Branch,
}

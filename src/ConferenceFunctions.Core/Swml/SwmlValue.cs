namespace ConferenceFunctions.Core.Swml;

/// <summary>A value that is written in the document, or a variable that SignalWire fills in when the call arrives.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public readonly record struct SwmlValue<T>
    where T : struct
{
    private readonly T _literal;

    /// <summary>A value that is written in the document.</summary>
    public SwmlValue(T literal) => _literal = literal;

    /// <summary>A variable: <c>${…}</c> or <c>%{…}</c>.</summary>
    public SwmlValue(string variable)
    {
        ArgumentException.ThrowIfNullOrEmpty(variable);
        Variable = variable;
    }

    /// <summary>The variable, or null where a value is written.</summary>
    public string? Variable { get; }

    /// <summary>The value; <paramref name="otherwise"/> where only SignalWire knows it.</summary>
    public T Or(T otherwise) => Variable is null ? _literal : otherwise;

    /// <summary>A value that is written in the document.</summary>
    public static implicit operator SwmlValue<T>(T literal) => new(literal);

    /// <summary>The value or the variable.</summary>
    public override string ToString() => Variable ?? _literal.ToString() ?? "";
}

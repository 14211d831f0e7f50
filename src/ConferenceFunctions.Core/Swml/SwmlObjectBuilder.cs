namespace ConferenceFunctions.Core.Swml;

/// <summary>Builds an object, leaving out what says no more than its default.</summary>
internal sealed class SwmlObjectBuilder
{
    private readonly List<SwmlMember> _members = [];

    public SwmlObjectBuilder Node(string name, SwmlNode? value)
    {
        if (value is not null)
        {
            _members.Add(new SwmlMember(name, value));
        }

        return this;
    }

    public SwmlObjectBuilder Text(string name, string? value) => Node(name, value is null ? null : SwmlScalar.Of(value));

    public SwmlObjectBuilder Words(string name, IReadOnlyList<string> words) => Text(name, words.Count == 0 ? null : string.Join(' ', words));

    public SwmlObjectBuilder Word<T>(string name, SwmlValue<T> value) where T : struct, Enum =>
        WordOrNull<T>(name, value == default(T) ? null : value);

    public SwmlObjectBuilder WordOrNull<T>(string name, SwmlValue<T>? value) where T : struct, Enum =>
        Text(name, value is { } given ? given.Variable ?? SwmlWord<T>.Of(given.Or(default)) : null);

    public SwmlObjectBuilder Boolean(string name, SwmlValue<bool>? value) =>
        Node(name, value is { } given ? Scalar(given.Variable) ?? SwmlScalar.Of(given.Or(default)) : null);

    public SwmlObjectBuilder WholeNumber(string name, SwmlValue<int>? value) =>
        Node(name, value is { } given ? Scalar(given.Variable) ?? SwmlScalar.Of(given.Or(default)) : null);

    public SwmlObject Build() => new(_members);

    private static SwmlScalar? Scalar(string? variable) => variable is null ? null : SwmlScalar.Of(variable);
}

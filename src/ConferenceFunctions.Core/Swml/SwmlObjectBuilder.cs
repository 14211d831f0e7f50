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

    public SwmlObjectBuilder Word<T>(string name, T value) where T : struct, Enum =>
        Text(name, EqualityComparer<T>.Default.Equals(value, default) ? null : SwmlWord<T>.Of(value));

    public SwmlObjectBuilder Boolean(string name, SwmlValue<bool> value, bool otherwise) => Node(name, value switch
    {
        { Variable: { } variable } => SwmlScalar.Of(variable),
        _ when value == otherwise => null,
        _ => SwmlScalar.Of(!otherwise),
    });

    public SwmlObjectBuilder WholeNumber(string name, SwmlValue<int> value, int otherwise) => Node(name, value switch
    {
        { Variable: { } variable } => SwmlScalar.Of(variable),
        _ when value == otherwise => null,
        _ => SwmlScalar.Of(value.Or(otherwise)),
    });

    public SwmlObject Build() => new(_members);
}

namespace ConferenceFunctions.Core.Swml;

/// <summary>The way from the root of a document to a node. Written out only where there is a fault to tell.</summary>
internal sealed class SwmlPath
{
    private readonly SwmlPath? _parent;
    private readonly string _step;

    private SwmlPath(SwmlPath? parent, string step) => (_parent, _step) = (parent, step);

    public static SwmlPath Root { get; } = new(null, "");

    public SwmlPath Member(string name) => new(this, name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') && name.Length > 0
        ? (_parent is null ? name : "." + name)
        : $"[\"{name}\"]");

    public SwmlPath Item(int index) => new(this, $"[{index}]");

    public override string ToString() => _parent + _step;
}

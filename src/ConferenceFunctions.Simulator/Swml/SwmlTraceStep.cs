namespace ConferenceFunctions.Simulator.Swml;

/// <summary>A step that was run, or passed over.</summary>
/// <param name="Method">The method.</param>
/// <param name="Note">What there is to say about it; empty where nothing.</param>
internal sealed record SwmlTraceStep(string Method, string Note)
{
    /// <inheritdoc />
    public override string ToString() => Note.Length == 0 ? Method : $"{Method} ({Note})";
}

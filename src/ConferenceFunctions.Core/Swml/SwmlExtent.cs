namespace ConferenceFunctions.Core.Swml;

/// <summary>How much a value is, everything below it included: what each alias of it adds to a document.</summary>
/// <param name="Nodes">Values.</param>
/// <param name="Characters">Characters of its names and texts.</param>
/// <param name="Depth">Objects and arrays on the longest way down; 0 for a scalar.</param>
internal readonly record struct SwmlExtent(int Nodes, int Characters, int Depth);

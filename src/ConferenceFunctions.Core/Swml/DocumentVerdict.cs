namespace ConferenceFunctions.Core.Swml;

/// <summary>What the review of a document found.</summary>
/// <param name="Document">The document; null where it has faults.</param>
/// <param name="Faults">What is wrong; with any of it the document is not stored.</param>
/// <param name="Warnings">What its author may not have meant.</param>
public sealed record DocumentVerdict(SwmlObject? Document, IReadOnlyList<SwmlFault> Faults, IReadOnlyList<SwmlFault> Warnings);

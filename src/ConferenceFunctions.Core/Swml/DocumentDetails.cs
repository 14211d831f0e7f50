namespace ConferenceFunctions.Core.Swml;

/// <summary>A document, as the API shows it.</summary>
public sealed record DocumentDetails
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is stored. Otherwise it is the implicit one: a conference of that name.</summary>
    public required bool Stored { get; init; }

    /// <summary>The URL to paste into SignalWire: at a phone number, as SWML script.</summary>
    public required string SwmlUrl { get; init; }

    /// <summary>The text as its author wrote it; null for an implicit one.</summary>
    public string? Text { get; init; }

    /// <summary>Its content type; null for an implicit one.</summary>
    public string? ContentType { get; init; }

    /// <summary>When it was stored; null for an implicit one.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>What is suspicious in it: events that go elsewhere, for instance. Null for an implicit one.</summary>
    public IReadOnlyList<SwmlFault>? Warnings { get; init; }
}

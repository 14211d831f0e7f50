namespace ConferenceFunctions.Core.Conferences;

/// <summary>Which conferences a list is to have. What is null does not matter.</summary>
public sealed record ConferenceFilter
{
    /// <summary>Only those in progress, or only those that are not.</summary>
    public bool? Live { get; init; }

    /// <summary>Only those of exactly that name.</summary>
    public string? Name { get; init; }

    /// <summary>Only those whose name begins so.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>Only those of that document.</summary>
    public string? Document { get; init; }

    /// <summary>Only those that had not ended before.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those that had started before.</summary>
    public DateTimeOffset? To { get; init; }
}

namespace ConferenceFunctions.LocalHost;

/// <summary>What LocalHost is asked to do.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Where it listens by default: where the Functions tools listen, too.</summary>
    public const string DefaultUrls = "http://127.0.0.1:7071";

    /// <summary>Where to listen, separated by semicolons. Port 0: any that is free.</summary>
    public string Urls { get; init; } = DefaultUrls;

    /// <summary>Storage connection string; null for the one of the settings.</summary>
    public string? Storage { get; init; }

    /// <summary>Settings on top of all others.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>What time the app believes it is.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Adds to where its log goes; null for the console alone.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}

using ConferenceFunctions.Simulator.Callbacks;

namespace ConferenceFunctions.Simulator.Load;

/// <summary>What load the simulator is asked to make.</summary>
public sealed record LoadOptions
{
    /// <summary>Most conferences: their callbacks are kept until they were compared.</summary>
    public const int MaxConferences = 100_000;

    /// <summary>Most participants of a conference.</summary>
    public const int MaxParticipants = 1_000;

    /// <summary>Most callbacks in flight.</summary>
    public const int MaxConcurrency = 1_000;

    /// <summary>Most attempts.</summary>
    public const int MaxAttempts = 10;

    /// <summary>URLs of SWML documents. Participant i calls the i-th, those beyond the last one call the last.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>How many conferences take place at once.</summary>
    public int Conferences { get; init; } = 50;

    /// <summary>How many call in each.</summary>
    public int Participants { get; init; } = 8;

    /// <summary>Callbacks in flight at a time.</summary>
    public int Concurrency { get; init; } = 32;

    /// <summary>Share of the callbacks that is sent twice, from 0 to 1.</summary>
    public double Duplicates { get; init; }

    /// <summary>Whether callbacks are sent in any order; otherwise those of a conference are begun in the order of their events.</summary>
    public bool Shuffle { get; init; }

    /// <summary>Share of the callbacks that is dropped, never sent, from 0 to below 1.</summary>
    public double Drop { get; init; }

    /// <summary>How often a callback is tried in all.</summary>
    public int Attempts { get; init; } = CallbackSender.DefaultAttempts;

    /// <summary>What everything is made from: the same seed, the same load.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The project's signing key; null where requests are not signed.</summary>
    public string? SigningKey { get; init; }

    /// <summary>Function key for the API of a deployed app; null where it asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long to wait until the backend has applied everything.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What is wrong with the options, in one line that says what to do; null where they can be used.</summary>
    internal string? Fault() => BackendUrl.Fault(Urls) ?? this switch
    {
        { Conferences: < 1 or > MaxConferences } => $"--conferences is {Conferences}. Give a number from 1 to {MaxConferences}.",
        { Participants: < 1 or > MaxParticipants } => $"--participants is {Participants}. Give a number from 1 to {MaxParticipants}.",
        { Concurrency: < 1 or > MaxConcurrency } => $"--concurrency is {Concurrency}. Give a number from 1 to {MaxConcurrency}.",
        { Duplicates: not (>= 0 and <= 1) } => $"--duplicates is {Duplicates}. Give a share from 0 to 1, such as 0.1.",
        { Drop: not (>= 0 and < 1) } => $"--drop is {Drop}. Give a share from 0 to below 1, such as 0.05.",
        { Attempts: < 1 or > MaxAttempts } => $"--retry is {Attempts}. Give a number of attempts from 1 to {MaxAttempts}.",
        _ => null,
    };
}

namespace ConferenceFunctions.Benchmarks.Hosts;

/// <summary>What is measured, each in a process of its own.</summary>
internal enum Side
{
    /// <summary>The app.</summary>
    Ours,

    /// <summary>The app, on a queue in its own process that accepts everything at once.</summary>
    OursWithoutStorage,

    /// <summary>What a user would write instead.</summary>
    Plain,

    /// <summary>The limit of intake: reads callbacks and stores nothing.</summary>
    ReadAndDrop,

    /// <summary>The limit of documents: answers with bytes that are always the same.</summary>
    ConstantBytes,

    /// <summary>The limit of recordings: copies a stream to a blob, and nothing else.</summary>
    BareCopy,

    /// <summary>Where recordings are fetched from.</summary>
    AudioSource,
}

namespace ConferenceFunctions.Core.Storage;

/// <summary>The names of everything this system keeps in Azure Storage. Bicep, host.json and code are held to them by a test.</summary>
public static class StorageNames
{
    /// <summary>The configuration setting (and trigger connection) that says where the data is kept.</summary>
    public const string Connection = "Storage";

    /// <summary>Queue of callbacks that were acknowledged and wait to be applied.</summary>
    public const string CallbackQueue = "callbacks";

    /// <summary>Queue of recordings that wait to be archived.</summary>
    public const string RecordingQueue = "recordings";

    /// <summary>What the Functions host appends to a queue's name for messages that failed too often.</summary>
    public const string PoisonSuffix = "-poison";

    /// <summary>Table of conferences: one partition a conference.</summary>
    public const string ConferenceTable = "conferences";

    /// <summary>Table that finds conferences by day, name, document and liveness. Its rows are hints.</summary>
    public const string ConferenceIndexTable = "conferenceindex";

    /// <summary>Table of who called, by call id.</summary>
    public const string CallTable = "calls";

    /// <summary>Table of what could not be applied.</summary>
    public const string DeadLetterTable = "deadletters";

    /// <summary>Table of how far the timers have come.</summary>
    public const string StateTable = "state";

    /// <summary>Container of SWML documents as their authors wrote them.</summary>
    public const string DocumentContainer = "documents";

    /// <summary>Container of archived recordings.</summary>
    public const string RecordingContainer = "recordings";

    /// <summary>Container of the bodies of dead letters.</summary>
    public const string DeadLetterContainer = "deadletters";

    /// <summary>All queues, poison queues included.</summary>
    public static IReadOnlyList<string> Queues { get; } =
        [CallbackQueue, RecordingQueue, CallbackQueue + PoisonSuffix, RecordingQueue + PoisonSuffix];

    /// <summary>All tables.</summary>
    public static IReadOnlyList<string> Tables { get; } = [ConferenceTable, ConferenceIndexTable, CallTable, DeadLetterTable, StateTable];

    /// <summary>All blob containers.</summary>
    public static IReadOnlyList<string> Containers { get; } = [DocumentContainer, RecordingContainer, DeadLetterContainer];
}

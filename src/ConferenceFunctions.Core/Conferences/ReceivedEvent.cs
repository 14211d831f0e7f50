using ConferenceFunctions.Core.Callbacks;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>An event that is to be applied.</summary>
/// <param name="Event">What it says.</param>
/// <param name="Callback">How it came.</param>
public sealed record ReceivedEvent(ConferenceEvent Event, QueuedCallback Callback);

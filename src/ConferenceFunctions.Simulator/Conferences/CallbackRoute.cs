using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Simulator.Conferences;

/// <summary>Where and how a conference posts one kind of events.</summary>
/// <param name="Kind">Conference or recording events.</param>
/// <param name="Url">Where to.</param>
/// <param name="Method">How.</param>
/// <param name="EventType">In which encoding.</param>
/// <param name="Events">Which ones; none where none are named.</param>
internal sealed record CallbackRoute(
    CallbackKind Kind, string Url, CallbackMethod Method, CallbackEventType EventType, IReadOnlyList<string> Events)
{
    /// <summary>Whether events are form fields with the names of cXML.</summary>
    public bool IsForm => EventType is CallbackEventType.Cxml or CallbackEventType.Laml;

    /// <summary>Where a <c>join_conference</c> wants conference events; null where it does not say.</summary>
    public static CallbackRoute? OfConference(JoinConference join) => join.StatusCallback is null ? null : new(
        CallbackKind.Conference, join.StatusCallback, join.StatusCallbackMethod.Or(default), join.StatusCallbackEventType.Or(default), join.StatusCallbackEvent);

    /// <summary>Where a <c>join_conference</c> wants recording events; null where it does not say.</summary>
    public static CallbackRoute? OfRecording(JoinConference join) => join.RecordingStatusCallback is null ? null : new(
        CallbackKind.Recording, join.RecordingStatusCallback, join.RecordingStatusCallbackMethod.Or(default),
        join.RecordingStatusCallbackEventType.Or(default), join.RecordingStatusCallbackEvent);

    /// <summary>Whether the event is posted. cXML has no word for a recording that pauses or goes on.</summary>
    public bool Takes(SimulatedEvent e) =>
        Kind == e.Kind && Events.Contains(e.Word) && !(IsForm && e.Status is ConferenceStatus.RecordPause or ConferenceStatus.RecordResume);
}

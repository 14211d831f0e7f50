using System.Collections.Concurrent;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Logs;

/// <summary>The space's own log of its conferences: complete, whatever became of callbacks.</summary>
internal sealed class ConferenceLog
{
    private readonly ConcurrentDictionary<string, LoggedConference> _conferences = new(StringComparer.Ordinal);

    /// <summary>The conferences that were created within that time, the latest first.</summary>
    public IReadOnlyList<LoggedConference> Find(DateTimeOffset? after, DateTimeOffset? before) =>
    [
        .. _conferences.Values.Where(conference => !(conference.CreatedAt < after) && !(conference.CreatedAt >= before))
            .OrderByDescending(conference => conference.CreatedAt).ThenBy(conference => conference.Id, StringComparer.Ordinal),
    ];

    /// <summary>The conference that a recording is of; null where it is of none.</summary>
    public LoggedConference? OfRecording(string recordingId) => _conferences.Values.FirstOrDefault(
        conference => string.Equals(conference.Recording?.Id, recordingId, StringComparison.OrdinalIgnoreCase));

    /// <summary>Has an entry from now on.</summary>
    public void Set(LoggedConference conference) => _conferences[conference.Id] = conference;

    /// <summary>Something happened in a conference.</summary>
    public void Note(string conferenceId, string name, SimulatedEvent e)
    {
        DateTimeOffset at = EventTime.ToPoint(e.Time)!.Value;
        LoggedConference known = _conferences.GetValueOrDefault(conferenceId) ?? new(conferenceId, name, LoggedConference.InProgress, at, at);
        Set(known with
        {
            Status = e.Status == ConferenceStatus.ConferenceEnd ? LoggedConference.Completed : known.Status,
            UpdatedAt = at,
            Recording = e.Recording ?? known.Recording,
        });
    }
}

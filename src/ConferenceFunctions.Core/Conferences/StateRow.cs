using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A row of a conference's partition whose content is a function of the set of its events.</summary>
internal abstract record StateRow
{
    /// <summary>Its row key.</summary>
    public abstract string Key { get; }

    /// <summary>The row together with what one more event says, or one that it knows already.</summary>
    public abstract StateRow With(ReceivedEvent received);

    /// <summary>The row as it is stored.</summary>
    public abstract TableEntity ToEntity(string conferenceId);

    /// <summary>The rows that an event touches, as they are before any event. Always the conference itself.</summary>
    public static IEnumerable<StateRow> TouchedBy(ConferenceEvent e)
    {
        yield return new ConferenceRow(e.ConferenceId, ConferenceState.Empty);
        if (e.IsKnown && ConferenceStatus.IsParticipant(e.Status) && !string.IsNullOrEmpty(e.CallId))
        {
            yield return new ParticipantRow(e.CallId, ParticipantState.Empty);
        }

        if (RecordingId.From(e) is { } recording)
        {
            yield return new RecordingRow(recording, RecordingSource.Empty, RecordingArchive.None);
        }
    }

    /// <summary>Reads a row.</summary>
    public static StateRow From(TableEntity entity) => entity.RowKey switch
    {
        StorageKey.Conference => ConferenceEntities.ToConference(entity),
        string key when key.StartsWith(StorageKey.ParticipantPrefix, StringComparison.Ordinal) => ConferenceEntities.ToParticipant(entity),
        string key when key.StartsWith(StorageKey.RecordingPrefix, StringComparison.Ordinal) => ConferenceEntities.ToRecording(entity),
        _ => throw new ArgumentException($"A row with the key '{entity.RowKey}' holds no state.", nameof(entity)),
    };
}

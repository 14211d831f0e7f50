using Azure.Data.Tables;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Recordings;

/// <summary>A recording as it is kept.</summary>
/// <param name="Id">Its id, see <see cref="RecordingId"/>.</param>
/// <param name="Source">What events say about it.</param>
/// <param name="Archive">What the archiver knows about it.</param>
internal sealed record RecordingRow(string Id, RecordingSource Source, RecordingArchive Archive) : StateRow
{
    public override string Key => StorageKey.Recording(Id);

    public override StateRow With(ReceivedEvent received) =>
        this with { Source = RecordingSource.Merge(Source, RecordingSource.From(received.Event)) };

    public override TableEntity ToEntity(string conferenceId) => ConferenceEntities.ToEntity(conferenceId, this);
}

using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A conference as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">What events say about it.</param>
/// <param name="Indexed">What the index is known to say about it; null if unknown.</param>
/// <param name="Erased">When it was erased for good; events that come later are dropped. Null as long as it was not.</param>
internal sealed record ConferenceRow(string Id, ConferenceState State, IndexEntry? Indexed = null, DateTimeOffset? Erased = null) : StateRow
{
    public override string Key => StorageKey.Conference;

    public override StateRow With(ReceivedEvent received) =>
        this with { State = ConferenceState.Merge(State, ConferenceState.From(received)) };

    public override TableEntity ToEntity(string conferenceId) => ConferenceEntities.ToEntity(this);
}

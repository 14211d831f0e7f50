using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A conference as it is kept.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">What events say about it.</param>
/// <param name="Indexed">Whether the index is known to say what follows from <paramref name="State"/>.</param>
/// <param name="Erased">When it was erased for good; events that come later are dropped. Null as long as it was not.</param>
/// <param name="Written">When it was written last, by storage's clock; null where it does not come from there.</param>
internal sealed record ConferenceRow(
    string Id, ConferenceState State, bool Indexed = false, DateTimeOffset? Erased = null, DateTimeOffset? Written = null) : StateRow
{
    public override string Key => StorageKey.Conference;

    public override StateRow With(ReceivedEvent received)
    {
        ConferenceState merged = ConferenceState.Merge(State, ConferenceState.From(received));
        return this with { State = merged, Indexed = Indexed && IndexEntry.Of(State) == IndexEntry.Of(merged) };
    }

    public override TableEntity ToEntity(string conferenceId) => ConferenceEntities.ToEntity(this);
}

using Azure.Data.Tables;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>A participant as it is kept.</summary>
/// <param name="CallId">Call id.</param>
/// <param name="State">What events say about it.</param>
internal sealed record ParticipantRow(string CallId, ParticipantState State) : StateRow
{
    public override string Key => StorageKey.Participant(CallId);

    public override StateRow With(ReceivedEvent received) =>
        this with { State = ParticipantState.Merge(State, ParticipantState.From(received.Event)) };

    public override TableEntity ToEntity(string conferenceId) => ConferenceEntities.ToEntity(conferenceId, this);
}

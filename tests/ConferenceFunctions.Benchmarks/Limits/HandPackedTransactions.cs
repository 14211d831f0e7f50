using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Limits;

/// <summary>
/// The limit of applying events: somebody knows all of them beforehand and packs them, a hundred to a transaction, one conference
/// beside the other. No request, no queue, no state.
/// </summary>
internal static class HandPackedTransactions
{
    private const int MaxEntities = 100;

    /// <summary>Reads the bodies as events, grouped by conference.</summary>
    public static IReadOnlyList<TableEntity[]> Prepare(IEnumerable<IReadOnlyList<string>> conferences, string document, DateTimeOffset receivedAt) =>
        [.. conferences.Select(bodies => bodies.Select(body => Entity(body, document, receivedAt)).ToArray())];

    /// <summary>Writes them.</summary>
    public static Task WriteAsync(string connection, IReadOnlyList<TableEntity[]> conferences)
    {
        var table = new TableClient(connection, StorageNames.ConferenceTable);
        return Task.WhenAll(conferences.Select(async events =>
        {
            foreach (TableEntity[] part in events.Chunk(MaxEntities))
            {
                await table.SubmitTransactionAsync(part.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)));
            }
        }));
    }

    private static TableEntity Entity(string body, string document, DateTimeOffset receivedAt)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body);
        return CallbackParser.TryParse(bytes, CallbackKind.Conference, out ConferenceEvent? e, out string? fault)
            ? ConferenceEntities.ToEntity(new ReceivedEvent(e, new QueuedCallback(e.Id, CallbackKind.Conference, document, receivedAt, bytes)))
            : throw new FormatException(fault);
    }
}

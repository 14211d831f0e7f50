using Azure.Data.Tables;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.IntegrationTests.Infrastructure;

/// <summary>Puts large conferences into the table as events would have, only faster: Add transactions, each row once.</summary>
internal static class EventSeeder
{
    private const int MaxEntities = 100;

    /// <summary>Adds a conference, its participants and its events.</summary>
    public static async Task SeedAsync(TestHost host, string conferenceId, IEnumerable<string> events)
    {
        ReceivedEvent[] received = [.. events.Select(json => ConferenceHost.Received(json))];
        Dictionary<string, StateRow> rows = new(StringComparer.Ordinal);
        foreach (ReceivedEvent one in received)
        {
            foreach (StateRow touched in StateRow.TouchedBy(one.Event))
            {
                rows[touched.Key] = rows.GetValueOrDefault(touched.Key, touched).With(one);
            }
        }

        await AddAsync(host, [.. rows.Values.Select(row => row.ToEntity(conferenceId)), .. received.Select(ConferenceEntities.ToEntity)]);
    }

    /// <summary>Adds events alone, to a conference that is there.</summary>
    public static Task AddAsync(TestHost host, IEnumerable<string> events) =>
        AddAsync(host, [.. events.Select(json => ConferenceEntities.ToEntity(ConferenceHost.Received(json)))]);

    private static async Task AddAsync(TestHost host, IReadOnlyList<TableEntity> entities)
    {
        TableClient table = host.Storage.Tables.GetTableClient(StorageNames.ConferenceTable);
        await table.CreateIfNotExistsAsync(TestContext.Current.CancellationToken);
        foreach (TableEntity[] part in entities.Chunk(MaxEntities))
        {
            await table.SubmitTransactionAsync(
                part.Select(entity => new TableTransactionAction(TableTransactionActionType.Add, entity)), TestContext.Current.CancellationToken);
        }
    }
}

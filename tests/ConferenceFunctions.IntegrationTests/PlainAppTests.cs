using System.Globalization;
using System.Net;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Benchmarks.Plain;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.IntegrationTests.Infrastructure;

namespace ConferenceFunctions.IntegrationTests;

/// <summary>What the benchmarks hold the app against must do the same job, or the comparison says nothing.</summary>
public class PlainAppTests(AzuriteFixture azurite)
{
    private const string Conference = "c1";

    // What both keep under the same names. Keys of events differ: the plain app derives no id.
    private static readonly string[] Columns =
    [
        "name", "document", "project_id", "space_id", "region", "size", "started", "ended", "last_event", "call_id", "joins", "leaves", "muted", "hold",
        "coaching", "start_on_join", "end_on_leave", "node_id", "segment_id", "time",
    ];

    [Fact]
    public async Task Of_a_conference_in_order_the_plain_app_keeps_what_the_app_keeps()
    {
        IReadOnlyList<string> events = ConferenceScript.Events(Conference, 24);
        await using TestHost ours = await TestHost.StartAsync(azurite);
        string storage = await NewStorageAsync();
        await using PlainHost plain = await StartPlainAsync(storage);
        using var client = new HttpClient();

        for (int i = 0; i < events.Count; i++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await ours.PostEventAsync(events[i])).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, await PostAsync(client, plain.BaseUrl, ours, events[i]));
            await TestHost.EventuallyAsync(() => WaitingAsync(storage), waiting => waiting == 0);
        }

        await TestHost.EventuallyAsync(() => ours.EventsAsync(Conference), log => log.Count == events.Count);
        Assert.Equal(
            await TellAsync(ours.Storage.Tables.GetTableClient(StorageNames.ConferenceTable)),
            await TellAsync(new TableClient(storage, StorageNames.ConferenceTable)));
    }

    [Theory]
    [InlineData("""{"event_type":"calling.conference","timestamp":1,"params":{"conference_id":"c1"}}""", "", HttpStatusCode.BadRequest)]
    [InlineData("""{"event_type":"calling.conference","timestamp":1,"params":{"status":"participant-join"}}""", "", HttpStatusCode.BadRequest)]
    [InlineData("{ no JSON", "", HttpStatusCode.BadRequest)]
    [InlineData("""{"event_type":"calling.conference","timestamp":1,"params":{"conference_id":"c1","status":"participant-join"}}""", "wrong", HttpStatusCode.Unauthorized)]
    public async Task The_plain_app_refuses_what_the_app_refuses(string json, string changeToToken, HttpStatusCode status)
    {
        await using TestHost ours = await TestHost.StartAsync(azurite);
        await using PlainHost plain = await StartPlainAsync(await NewStorageAsync());
        using var client = new HttpClient();

        Assert.Equal(status, await PostAsync(client, ours.BaseUrl, ours, json, changeToToken));
        Assert.Equal(status, await PostAsync(client, plain.BaseUrl, ours, json, changeToToken));
    }

    private async Task<string> NewStorageAsync()
    {
        string storage = azurite.NewAccount();
        await new QueueClient(storage, StorageNames.CallbackQueue).CreateAsync(cancellationToken: TestContext.Current.CancellationToken);
        await new TableClient(storage, StorageNames.ConferenceTable).CreateAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    private static Task<PlainHost> StartPlainAsync(string storage) => PlainHost.StartAsync("http://127.0.0.1:0", new Dictionary<string, string?>
    {
        [StorageNames.Connection] = storage,
        ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:00.100",
    });

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string baseUrl, TestHost ours, string json, string changeToToken = "")
    {
        string pathAndQuery = new Uri(ours.Urls.ConferenceCallback(ConferenceScript.Document)).PathAndQuery;
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await client.PostAsync(new Uri(baseUrl + pathAndQuery + changeToToken), content, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<int> WaitingAsync(string storage) =>
        (await new QueueClient(storage, StorageNames.CallbackQueue).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount;

    /// <summary>The rows of the conference in a form that can be compared.</summary>
    private static async Task<List<string>> TellAsync(TableClient table)
    {
        List<string> rows = [];
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(row => row.PartitionKey == Conference, cancellationToken: TestContext.Current.CancellationToken))
        {
            IEnumerable<string> columns = Columns.Where(name => row.TryGetValue(name, out object? value) && Text(value).Length > 0)
                .Select(name => $"{name}={Text(row[name])}");
            string body = row.GetBinary("body") is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
            rows.Add($"{row.RowKey.Split('_')[0]} {string.Join(' ', columns)} {body}");
        }

        rows.Sort(StringComparer.Ordinal);
        return rows;
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

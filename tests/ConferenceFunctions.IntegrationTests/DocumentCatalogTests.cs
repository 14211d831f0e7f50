using System.Text;
using ConferenceFunctions.Core.Storage;
using ConferenceFunctions.Core.Swml;
using ConferenceFunctions.IntegrationTests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ConferenceFunctions.IntegrationTests;

public class DocumentCatalogTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_change_made_elsewhere_shows_within_thirty_seconds()
    {
        DocumentStore store = Store(azurite.NewAccount());
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));
        Assert.Equal("implicit", await NameAsync(catalog, "lobby"));

        await StoreAsync(store, "room", "two");
        await StoreAsync(store, "lobby", "three");
        Assert.Equal("one", await NameAsync(catalog, "room"));
        _time.Advance(DocumentCatalog.RefreshInterval);

        Assert.Equal("two", await TestHost.EventuallyAsync(() => NameAsync(catalog, "room"), name => name == "two"));
        Assert.Equal("three", await TestHost.EventuallyAsync(() => NameAsync(catalog, "lobby"), name => name == "three"));
    }

    [Fact]
    public async Task A_copy_from_before_a_long_pause_is_looked_at_before_it_is_served()
    {
        DocumentStore store = Store(azurite.NewAccount());
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));
        await StoreAsync(store, "room", "two");

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("two", await NameAsync(catalog, "room"));
    }

    [Fact]
    public async Task The_last_good_copy_is_served_while_storage_is_down_however_long()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        DocumentStore store = Store(proxy.ConnectionString);
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));

        proxy.Stop();
        for (int i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("one", await NameAsync(catalog, "room"));
        }
    }

    [Theory]
    [InlineData(403, "AuthenticationFailed")]
    [InlineData(403, "AuthorizationFailure")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(400, "InvalidHeaderValue")]
    public async Task Storage_that_says_neither_yes_nor_no_counts_as_down(int status, string code)
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        DocumentStore store = Store(proxy.ConnectionString);
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));

        proxy.Intercept = (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["x-ms-error-code"] = code;
            return Task.FromResult(true);
        };
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("one", await NameAsync(catalog, "room"));
        Assert.Null(await catalog.FindAsync("unknown"));

        proxy.Resume();
        await StoreAsync(store, "room", "two");
        _time.Advance(DocumentCatalog.RefreshInterval);
        Assert.Equal("two", await TestHost.EventuallyAsync(() => NameAsync(catalog, "room"), name => name == "two"));
        Assert.Equal("implicit", await NameAsync(catalog, "unknown"));
    }

    [Fact]
    public async Task A_read_that_hangs_is_given_up_and_whoever_asks_next_reads_anew()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        DocumentStore store = Store(proxy.ConnectionString);
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        var reading = new TaskCompletionSource();
        var givenUp = new TaskCompletionSource();
        proxy.Intercept = async (_, context) =>
        {
            context.RequestAborted.Register(givenUp.SetResult);
            reading.SetResult();
            await givenUp.Task;
            return true;
        };

        Task<string?> first = NameAsync(catalog, "room");
        await reading.Task;
        Task<string?> second = NameAsync(catalog, "room");
        _time.Advance(DocumentCatalog.ReadTimeout);
        Assert.Null(await first);
        Assert.Null(await second);
        await givenUp.Task;
        proxy.Resume();

        Assert.Equal("one", await NameAsync(catalog, "room"));
    }

    [Fact]
    public async Task What_was_changed_here_needs_no_storage_to_be_served_unless_another_change_was_made_meanwhile()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        DocumentStore store = Store(proxy.ConnectionString);
        using DocumentCatalog catalog = Catalog(store);
        long before = catalog.Changes;
        DocumentRead one = await StoreAsync(store, "room", "one");
        DocumentRead two = await StoreAsync(store, "lobby", "two");
        DocumentRead three = await StoreAsync(store, "lobby", "three");
        catalog.Changed("room", before, one);
        catalog.Changed("lobby", before, three);
        catalog.Changed("lobby", before, two);
        Assert.Equal("three", await NameAsync(catalog, "lobby"));

        proxy.Stop();

        Assert.Equal("one", await NameAsync(catalog, "room"));
    }

    [Fact]
    public async Task What_somebody_put_into_the_container_and_is_no_document_does_not_replace_one()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        StorageAccount account = Account(proxy.ConnectionString);
        var store = new DocumentStore(account);
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));

        await account.Blobs.GetBlobContainerClient(StorageNames.DocumentContainer).GetBlobClient("room")
            .UploadAsync(BinaryData.FromString("no: [swml"), overwrite: true, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("one", await NameAsync(catalog, "room"));
        proxy.Stop();

        Assert.Equal("one", await NameAsync(catalog, "room"));
        proxy.Resume();
        using DocumentCatalog other = Catalog(store);
        Assert.Null(await other.FindAsync("room"));
    }

    [Fact]
    public async Task Made_up_names_do_not_push_out_stored_documents()
    {
        await using FaultProxy proxy = await FaultProxy.StartAsync(azurite);
        DocumentStore store = Store(proxy.ConnectionString);
        using DocumentCatalog catalog = Catalog(store);
        await StoreAsync(store, "room", "one");
        Assert.Equal("one", await NameAsync(catalog, "room"));
        proxy.Intercept = (_, context) =>
        {
            context.Response.StatusCode = 404;
            context.Response.Headers["x-ms-error-code"] = "BlobNotFound";
            return Task.FromResult(true);
        };

        await Parallel.ForEachAsync(Enumerable.Range(0, 6_000), async (i, _) => await catalog.FindAsync($"made-up-{i}"));
        proxy.Stop();

        Assert.Equal("one", await NameAsync(catalog, "room"));
        Assert.InRange(catalog.Count, 1, 4_500);
    }

    private static StorageAccount Account(string connectionString) => StorageAccount.Connect(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [StorageNames.Connection] = connectionString }).Build());

    private static DocumentStore Store(string connectionString) => new(Account(connectionString));

    private DocumentCatalog Catalog(DocumentStore store) => new(store, _time, NullLogger<DocumentCatalog>.Instance);

    private static async Task<DocumentRead> StoreAsync(DocumentStore store, string name, string conference) => (await store.WriteAsync(
        name,
        Encoding.UTF8.GetBytes("""{"sections":{"main":[{"join_conference":{"name":"NAME"}}]}}""".Replace("NAME", conference, StringComparison.Ordinal)),
        RenderedDocument.Json,
        DocumentCondition.None,
        TestContext.Current.CancellationToken)).Now!;

    private static async Task<string?> NameAsync(DocumentCatalog catalog, string name)
    {
        CatalogEntry? entry = await catalog.FindAsync(name);
        return entry is null ? null : entry.Document is null ? "implicit" : JoinConference.From(SwmlSteps.JoinsOf(entry.Document).Single().Body).Name;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.Recordings;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>The app as it archives recordings: told of them by callbacks, and archiving when it is told to.</summary>
internal sealed class RecordingSide : IAsyncDisposable
{
    private const long AnyTime = 1_767_225_600;

    private readonly TableClient _table;
    private readonly Uri _source;

    private RecordingSide(SideProcess process, string storage, Uri source) =>
        (Process, _table, _source) = (process, new TableClient(storage, StorageNames.ConferenceTable), source);

    /// <summary>Its process.</summary>
    public SideProcess Process { get; }

    /// <summary>Starts it.</summary>
    /// <param name="azurite">Where it archives to.</param>
    /// <param name="source">Where it fetches from.</param>
    public static async Task<RecordingSide> StartAsync(BenchmarkAzurite azurite, Uri source)
    {
        string storage = await azurite.NewAccountAsync();
        return new RecordingSide(await SideProcess.StartAsync(Side.Ours, storage, ("AzureWebJobs.ArchiveRecording.Disabled", "1")), storage, source);
    }

    /// <summary>URL of a recording of that size that nobody has asked for yet.</summary>
    public static Uri NewRecording(Uri source, long bytes) =>
        new(source, string.Create(CultureInfo.InvariantCulture, $"api/recordings/{Guid.NewGuid()}/{bytes}"));

    /// <summary>Archives so many recordings of that size, all at once.</summary>
    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> ArchiveAsync(long bytes, int count)
    {
        (string Conference, string Recording)[] jobs = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => AnnounceAsync(bytes)));
        TimeSpan elapsed = await Process.DoAsync([.. jobs.SelectMany(job => (string[])[job.Conference, job.Recording])]);
        foreach ((string conference, string recording) in jobs)
        {
            TableEntity row = await _table.GetEntityAsync<TableEntity>(conference, StorageKey.Recording(recording));
            RecordingArchive archive = ConferenceEntities.ToRecording(row).Archive;
            if (archive.Status != RecordingStatus.Archived || archive.Size != bytes)
            {
                throw new InvalidOperationException($"A recording of {bytes} bytes is {archive.Status}, with {archive.Size} bytes: {archive.Error}");
            }
        }

        return elapsed;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task<(string Conference, string Recording)> AnnounceAsync(long bytes)
    {
        string conference = Guid.NewGuid().ToString();
        string url = NewRecording(_source, bytes).ToString();
        string body = new JsonObject
        {
            ["event_type"] = "calling.conference",
            ["timestamp"] = AnyTime,
            ["params"] = new JsonObject { ["conference_id"] = conference, ["status"] = "record-stop", ["recording_url"] = url, ["recording_file_size"] = bytes },
        }.ToJsonString();
        using LoadConnection connection = await LoadConnection.OpenAsync(Process.BaseUrl);
        await connection.SendAsync(StampedRequest.PostOf(new Uri(Process.Urls.ConferenceCallback(ConferenceScript.Document)), body));
        string recording = RecordingId.From(url);
        while (!(await _table.GetEntityIfExistsAsync<TableEntity>(conference, StorageKey.Recording(recording), ["RowKey"])).HasValue)
        {
            await Task.Delay(10);
        }

        return (conference, recording);
    }
}

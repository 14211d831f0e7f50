using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using ConferenceFunctions.Benchmarks.Hosts;
using ConferenceFunctions.Benchmarks.Load;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Benchmarks.Sections;

/// <summary>A side that takes callbacks and applies them.</summary>
internal sealed class EventSide : IAsyncDisposable
{
    /// <summary>Connections over which events are posted at a time.</summary>
    public const int Senders = 64;

    // Dequeueing from Azurite slows down with more; senders wait meanwhile, whichever side it is.
    private const int MaxBacklog = 128;

    // Looking at empty queues so often would be counted as requests for events.
    private static readonly string[] OtherQueues =
        [nameof(RecordingFunctions.ArchiveRecording), nameof(PoisonFunctions.KeepPoisonCallbacks), nameof(PoisonFunctions.KeepPoisonRecording)];

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private readonly BenchmarkAzurite _azurite;
    private readonly string _storage;
    private readonly QueueClient _queue;
    private readonly TableClient _table;

    private EventSide(Side side, SideProcess process, BenchmarkAzurite azurite, string storage)
    {
        (Side, Process, _azurite, _storage) = (side, process, azurite, storage);
        _queue = new QueueClient(storage, StorageNames.CallbackQueue);
        _table = new TableClient(storage, StorageNames.ConferenceTable);
        CallbackUrl = new Uri(process.Urls.ConferenceCallback(ConferenceScript.Document));
    }

    /// <summary>Which it is.</summary>
    public Side Side { get; }

    /// <summary>Its process.</summary>
    public SideProcess Process { get; }

    /// <summary>Where it takes callbacks.</summary>
    public Uri CallbackUrl { get; }

    /// <summary>Starts it. It looks at an empty queue every 100 ms: the host's pauses of up to 2 s are not what is measured.</summary>
    public static async Task<EventSide> StartAsync(Side side, BenchmarkAzurite azurite)
    {
        string storage = await azurite.NewAccountAsync();
        SideProcess process = await SideProcess.StartAsync(
            side, storage, [("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:00.100"), .. OtherQueues.Select(name => ($"AzureWebJobs.{name}.Disabled", "1"))]);
        return new EventSide(side, process, azurite, storage);
    }

    /// <summary>Posts the events of these conferences side by side, waits until all are applied, and makes queue and tables new.</summary>
    /// <exception cref="InvalidOperationException">Not all events are in the table.</exception>
    public async Task<Applied> ApplyAsync(IReadOnlyList<string>[] conferences)
    {
        byte[][] requests =
        [
            .. Enumerable.Range(0, conferences[0].Count).SelectMany(i => conferences.Select(events => StampedRequest.PostOf(CallbackUrl, events[i]))),
        ];
        HostStatistics before = await Process.StatisticsAsync();
        long start = Stopwatch.GetTimestamp();
        await PostAsync(requests);
        while (await BacklogAsync() > 0)
        {
            await Task.Delay(PollInterval);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        HostStatistics used = (await Process.StatisticsAsync()).Since(before);
        await CheckAsync(requests.Length);
        await RenewAsync();
        return new Applied(
            requests.Length / elapsed.TotalSeconds,
            (double)used.RequestsTo(_azurite.Queues) / requests.Length,
            (double)used.RequestsTo(_azurite.Tables) / requests.Length);
    }

    /// <summary>Waits until a row is in the table of conferences.</summary>
    public async Task WaitForRowAsync(string partitionKey, string rowKey)
    {
        while (!(await _table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, ["RowKey"])).HasValue)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Makes queue and tables new.</summary>
    public Task RenewAsync() => BenchmarkAzurite.RenewAsync(_storage);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private async Task PostAsync(byte[][] requests)
    {
        using var sent = new CancellationTokenSource();
        var room = new Room();
        Task watching = WatchAsync(room, sent.Token);
        int next = -1;
        LoadResult load = await HttpLoad.RunAsync(Process.BaseUrl, Senders, async _ =>
        {
            await room.Task;
            int index = Interlocked.Increment(ref next);
            return index < requests.Length ? requests[index] : default;
        });
        await sent.CancelAsync();
        await watching;
        if (load.Failures > 0)
        {
            throw new InvalidOperationException($"{Side} refused {load.Failures} of {requests.Length} events.");
        }
    }

    private async Task WatchAsync(Room room, CancellationToken sent)
    {
        while (!sent.IsCancellationRequested)
        {
            room.Set(await BacklogAsync() <= MaxBacklog);
            await Task.Delay(PollInterval, CancellationToken.None);
        }
    }

    private async Task<int> BacklogAsync()
    {
        QueueProperties properties = await _queue.GetPropertiesAsync();
        return properties.ApproximateMessagesCount;
    }

    private async Task CheckAsync(int events)
    {
        int rows = 0;
        await foreach (TableEntity _ in _table.QueryAsync<TableEntity>("RowKey ge 'e_' and RowKey lt 'f'", select: ["RowKey"]))
        {
            rows++;
        }

        if (rows != events)
        {
            throw new InvalidOperationException($"{Side} has {rows} of {events} events in the table.");
        }
    }

    /// <summary>Whether there is room in the queue; who sends waits until there is.</summary>
    private sealed class Room
    {
        private TaskCompletionSource _source = Open();

        public Task Task => Volatile.Read(ref _source).Task;

        public void Set(bool free)
        {
            if (free)
            {
                _source.TrySetResult();
            }
            else if (_source.Task.IsCompleted)
            {
                Volatile.Write(ref _source, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }
        }

        private static TaskCompletionSource Open()
        {
            var source = new TaskCompletionSource();
            source.SetResult();
            return source;
        }
    }
}

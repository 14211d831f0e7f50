using System.Diagnostics;
using Azure;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// The documents as they are served: kept in memory and refreshed in the background, so that a caller waits for storage at most
/// once, and hears the last good copy when storage is down.
/// </summary>
/// <remarks>
/// While documents are being served, the versions of all of them are listed every <see cref="RefreshInterval"/>; only what changed is
/// read. A name that is not kept costs one read, of at most <see cref="ReadTimeout"/>. Names without a document are kept, too, but
/// made-up ones take bounded memory and never push out a stored document.
/// </remarks>
public sealed partial class DocumentCatalog : IDisposable
{
    /// <summary>How often the versions of all documents are looked up, while any is served.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(15);

    /// <summary>After that time a copy is no longer good without looking, unless storage is down.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    /// <summary>Longest time that a caller waits for a document to be read.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(10);

    private const long MaxBytes = 64 * 1024 * 1024;
    private const int ParallelReads = 8;

    private readonly DocumentStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<DocumentCatalog> _logger;
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = MaxBytes });
    private readonly Dictionary<string, Task<CatalogEntry?>> _reading = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private long _lastUse;
    private long _changes;
    private bool _refreshing;
    private bool _failing;

    /// <summary>An empty catalog.</summary>
    public DocumentCatalog(DocumentStore store, TimeProvider time, ILogger<DocumentCatalog> logger) =>
        (_store, _time, _logger) = (store, time, logger);

    /// <summary>How many names are kept, with and without a document.</summary>
    public int Count => _entries.Count;

    /// <summary>How many changes were made here. To be looked at before a change, and handed to <see cref="Changed"/> after it.</summary>
    public long Changes => Volatile.Read(ref _changes);

    /// <summary>What is stored under a name; null while nobody can tell.</summary>
    public ValueTask<CatalogEntry?> FindAsync(string name)
    {
        Volatile.Write(ref _lastUse, _time.GetTimestamp());
        EnsureRefreshing();
        CatalogEntry? entry = _entries.Get<CatalogEntry>(name);
        // While storage is down nobody waits for it again and again: the refresh finds out when it is back.
        return entry is not null && (IsFresh(entry) || Volatile.Read(ref _failing))
            ? ValueTask.FromResult<CatalogEntry?>(entry)
            : ReadAsync(name, entry);
    }

    /// <summary>Takes note of a change that was just made here to a document, and to the one that it plays for.</summary>
    /// <param name="name">The document's name.</param>
    /// <param name="before">What <see cref="Changes"/> was before the change began.</param>
    /// <param name="now">What is stored now; null where nothing is.</param>
    public void Changed(string name, long before, DocumentRead? now)
    {
        ArgumentNullException.ThrowIfNull(name);
        CatalogEntry? entry = now is null ? null : new CatalogEntry(name, now, _time.GetTimestamp());
        Volatile.Write(ref _failing, false);
        lock (_gate)
        {
            // Of changes made at the same time, nobody knows here which one came last: it is read again.
            bool isAlone = _changes++ == before;
            _reading.Remove(name);
            _entries.Remove(name);
            if (entry is not null && isAlone)
            {
                Keep(entry);
            }

            if (name.EndsWith(DocumentName.WaitSuffix, StringComparison.Ordinal))
            {
                string waitedFor = name[..^DocumentName.WaitSuffix.Length];
                _reading.Remove(waitedFor);
                _entries.Get<CatalogEntry>(waitedFor)?.Outdate();
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _entries.Dispose();
    }

    private bool IsFresh(CatalogEntry entry) => !entry.IsOutdated && _time.GetElapsedTime(entry.CheckedAt) < MaxAge;

    private async ValueTask<CatalogEntry?> ReadAsync(string name, CatalogEntry? lastGood) => await ReadOnceAsync(name) ?? lastGood;

    /// <summary>Reads a document, for all who ask at the same time together.</summary>
    private Task<CatalogEntry?> ReadOnceAsync(string name)
    {
        lock (_gate)
        {
            if (!_reading.TryGetValue(name, out Task<CatalogEntry?>? reading))
            {
                long changes = _changes;
                reading = Task.Run(async () =>
                {
                    CatalogEntry? entry = null;
                    try
                    {
                        return entry = await ReadWithinTimeoutAsync(name);
                    }
                    finally
                    {
                        lock (_gate)
                        {
                            Finish(name, reading!, entry, changes);
                        }
                    }
                });
                _reading.Add(name, reading);
            }

            return reading;
        }
    }

    private void Finish(string name, Task<CatalogEntry?> reading, CatalogEntry? entry, long changes)
    {
        if (_reading.GetValueOrDefault(name) == reading)
        {
            _reading.Remove(name);
        }

        // What was read while something was changed here may be old already.
        if (entry is not null && changes == _changes)
        {
            Keep(entry);
        }
    }

    private async Task<CatalogEntry?> ReadWithinTimeoutAsync(string name)
    {
        using CancellationTokenSource timeout = new(ReadTimeout, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        long checkedAt = _time.GetTimestamp();
        try
        {
            // Storage that takes the request and never answers must not hold up whoever asks next.
            DocumentRead read = await _store.ReadAsync(name, ended.Token).WaitAsync(ended.Token);
            Volatile.Write(ref _failing, false);
            return new CatalogEntry(name, read, checkedAt);
        }
        catch (SwmlFormatException exception)
        {
            // The last good copy is served as if it were what is stored: reading again would find the same.
            _entries.Get<CatalogEntry>(name)?.Confirm(checkedAt);
            Log.NotSwml(_logger, name, exception.Faults.Count);
            return null;
        }
        catch (Exception exception) when (exception is RequestFailedException || StorageFailure.IsTransient(exception))
        {
            Volatile.Write(ref _failing, true);
            Log.NotReadable(_logger, name, StorageFailure.Reason(exception));
            return null;
        }
    }

    private void Keep(CatalogEntry entry) => _entries.Set(entry.Name, entry, new MemoryCacheEntryOptions
    {
        Size = entry.Size,
        Priority = entry.Document is null ? CacheItemPriority.Low : CacheItemPriority.High,
    });

    private void EnsureRefreshing()
    {
        if (Volatile.Read(ref _refreshing))
        {
            return;
        }

        lock (_gate)
        {
            if (!_refreshing && !_stopping.IsCancellationRequested)
            {
                _refreshing = true;
                _ = Task.Run(RefreshWhileUsedAsync);
            }
        }
    }

    private async Task RefreshWhileUsedAsync()
    {
        // Begun by a request, but no part of its trace.
        Activity.Current = null;
        using var timer = new PeriodicTimer(RefreshInterval, _time);
        try
        {
            while (_time.GetElapsedTime(Volatile.Read(ref _lastUse)) < IdleAfter)
            {
                await timer.WaitForNextTickAsync(_stopping.Token);
                await RefreshAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
        finally
        {
            Volatile.Write(ref _refreshing, false);
        }
    }

    private async Task RefreshAsync()
    {
        using CancellationTokenSource timeout = new(RefreshInterval, _time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _stopping.Token);
        try
        {
            long listedAt = _time.GetTimestamp();
            IReadOnlyDictionary<string, string> versions = await _store.VersionsAsync(ended.Token).WaitAsync(ended.Token);
            Volatile.Write(ref _failing, false);
            CatalogEntry[] entries = [.. _entries.Keys.Select(name => _entries.Get<CatalogEntry>(name)).OfType<CatalogEntry>()];
            foreach (CatalogEntry unchanged in entries.Where(entry => entry.Version == versions.GetValueOrDefault(entry.Name)))
            {
                unchanged.Confirm(listedAt);
            }

            await Parallel.ForEachAsync(
                entries.Where(entry => entry.Version != versions.GetValueOrDefault(entry.Name)),
                new ParallelOptions { MaxDegreeOfParallelism = ParallelReads },
                async (changed, _) => await ReadOnceAsync(changed.Name));
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested && (exception is RequestFailedException || StorageFailure.IsTransient(exception)))
        {
            Volatile.Write(ref _failing, true);
            Log.NotRefreshed(_logger, StorageFailure.Reason(exception));
        }
    }

    private static partial class Log
    {
        [LoggerMessage(200, LogLevel.Error, "The stored document '{Name}' is no SWML ({Faults} faults). The last good copy is served, or 503.")]
        public static partial void NotSwml(ILogger logger, string name, int faults);

        [LoggerMessage(201, LogLevel.Warning, "The document '{Name}' could not be read ({Reason}). The last good copy is served, or 503.")]
        public static partial void NotReadable(ILogger logger, string name, string reason);

        [LoggerMessage(202, LogLevel.Warning, "Documents could not be refreshed ({Reason}). The last good copies are served.")]
        public static partial void NotRefreshed(ILogger logger, string reason);
    }
}

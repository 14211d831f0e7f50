using System.Diagnostics;
using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// The one writer of a conference in this process. Events that arrive while a transaction is in flight go into the next one;
/// its rows are kept with their ETags in between.
/// </summary>
internal sealed class ConferenceWriter(string conferenceId, TableClient table, ConferenceIndex index, ConferenceTelemetry telemetry, TimeProvider time)
{
    // A transaction takes 100 entities and 4 MiB; base64 and what stands around it make an event larger than its body.
    private const int MaxEntities = 100;
    private const int MaxEventBytes = 2 * 1024 * 1024;
    private const int MaxKeptRows = 1000;
    private const int MaxConflicts = 50;

    private readonly Lock _gate = new();
    private readonly Queue<PendingEvent> _inbox = new();
    private readonly Dictionary<string, KeptRow> _rows = new(StringComparer.Ordinal);

    // Whether what is not in _rows is not in the table either: true from the first transaction of a conference on. Were another
    // process to write into it, the ETag of the conference's row, which is in every transaction, would tell.
    private bool _hasAllRows;
    private bool _running;

    public string ConferenceId => conferenceId;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_running;
            }
        }
    }

    public Task<ApplyOutcome> ApplyAsync(IReadOnlyList<ReceivedEvent> events)
    {
        var batch = new PendingBatch(events.Count);
        lock (_gate)
        {
            foreach (ReceivedEvent received in events)
            {
                _inbox.Enqueue(new PendingEvent(received, batch, Activity.Current?.Context));
            }

            if (!_running && _inbox.Count > 0)
            {
                _running = true;
                _ = Task.Run(WriteAllAsync);
            }
        }

        return batch.Outcome;
    }

    private async Task WriteAllAsync()
    {
        while (TakePart() is { Count: > 0 } part)
        {
            await WritePartAsync(part);
        }
    }

    private async Task WritePartAsync(List<PendingEvent> part)
    {
        using Activity? activity = telemetry.StartTransaction(part.Select(pending => pending.Message));
        try
        {
            ApplyOutcome outcome = await WriteAsync(part.ConvertAll(pending => pending.Received));
            part.ForEach(pending => pending.Batch.Done(outcome));
        }
        catch (Exception exception) when (part.Count > 1 && !StorageFailure.IsTransient(exception))
        {
            // One event that storage will never take must not take the others with it.
            Forget();
            foreach (PendingEvent pending in part)
            {
                await WritePartAsync([pending]);
            }
        }
        catch (Exception exception)
        {
            // It is for those to handle who wait for these events; the writer goes on with the next ones.
            Forget();
            part.ForEach(pending => pending.Batch.Failed(exception));
        }
    }

    /// <summary>Takes what one transaction has room for: every event is whole in itself, with the rows that it touches.</summary>
    private List<PendingEvent> TakePart()
    {
        List<PendingEvent> part = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        int bytes = 0;
        lock (_gate)
        {
            while (_inbox.TryPeek(out PendingEvent? next))
            {
                string[] nextKeys = [KeyOf(next.Received), .. StateRow.TouchedBy(next.Received.Event).Select(row => row.Key)];
                bytes += next.Received.Callback.Body.Length;
                if (bytes > MaxEventBytes || keys.Count + nextKeys.Count(key => !keys.Contains(key)) > MaxEntities)
                {
                    break;
                }

                keys.UnionWith(nextKeys);
                part.Add(_inbox.Dequeue());
            }

            _running = part.Count > 0;
        }

        return part;
    }

    private async Task<ApplyOutcome> WriteAsync(List<ReceivedEvent> events)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            await LoadAsync(events);
            var before = (ConferenceRow)_rows[StorageKey.Conference].Row;
            if (before.Erased is not null)
            {
                return ApplyOutcome.Erased;
            }

            try
            {
                await SubmitAsync(events, Merge(events));
                telemetry.Committed(events.Select(received => EventTime.ToPoint(received.Event.Time)).OfType<DateTimeOffset>().Select(at => time.GetUtcNow() - at));
                await IndexAsync(before);
                return ApplyOutcome.Applied;
            }
            catch (RequestFailedException exception) when (exception.Status is 404 or 409 or 412 && conflicts < MaxConflicts)
            {
                telemetry.Conflicted();
                // Somebody else wrote, or an earlier attempt did and its answer was lost. Read again, merge again.
                Forget();
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(5, 20 * (Math.Min(conflicts, 10) + 1))), time);
            }
        }
    }

    /// <summary>Reads, side by side, the rows that these events touch and that are not kept.</summary>
    private async Task LoadAsync(List<ReceivedEvent> events)
    {
        if (_rows.Count > MaxKeptRows)
        {
            Forget();
        }

        StateRow[] missing =
            [.. events.SelectMany(received => StateRow.TouchedBy(received.Event)).DistinctBy(row => row.Key).Where(row => !_rows.ContainsKey(row.Key))];
        if (_hasAllRows)
        {
            Array.ForEach(missing, row => _rows[row.Key] = new KeptRow(row, null));
            return;
        }

        string partition = StorageKey.Escape(conferenceId);
        NullableResponse<TableEntity>[] stored =
            await Task.WhenAll(missing.Select(row => table.GetEntityIfExistsAsync<TableEntity>(partition, row.Key)));
        foreach ((StateRow row, NullableResponse<TableEntity> entity) in missing.Zip(stored))
        {
            _rows[row.Key] = entity.HasValue ? new KeptRow(StateRow.From(entity.Value!), entity.Value!.ETag) : new KeptRow(row, null);
        }

        _hasAllRows = _rows[StorageKey.Conference].ETag is null;
    }

    private void Forget()
    {
        _rows.Clear();
        _hasAllRows = false;
    }

    private List<StateRow> Merge(List<ReceivedEvent> events)
    {
        var merged = new Dictionary<string, StateRow>(StringComparer.Ordinal);
        foreach (ReceivedEvent received in events)
        {
            foreach (string key in StateRow.TouchedBy(received.Event).Select(row => row.Key))
            {
                merged[key] = (merged.GetValueOrDefault(key) ?? _rows[key].Row).With(received);
            }
        }

        return [.. merged.Values];
    }

    private async Task SubmitAsync(List<ReceivedEvent> events, List<StateRow> merged)
    {
        List<TableTransactionAction> actions =
        [
            .. merged.Select(row => _rows[row.Key].ETag is { } etag
                ? new TableTransactionAction(TableTransactionActionType.UpdateReplace, row.ToEntity(conferenceId), etag)
                : new TableTransactionAction(TableTransactionActionType.Add, row.ToEntity(conferenceId))),
            // A repeated event has the same key: a transaction takes an entity once.
            .. events.DistinctBy(KeyOf)
                .Select(received => new TableTransactionAction(TableTransactionActionType.UpsertReplace, ConferenceEntities.ToEntity(received))),
        ];
        Response<IReadOnlyList<Response>> response = await table.SubmitTransactionAsync(actions);
        foreach ((StateRow row, Response answer) in merged.Zip(response.Value))
        {
            _rows[row.Key] = new KeptRow(row, answer.Headers.ETag);
        }
    }

    /// <summary>
    /// Brings the index up to date. That it is so is noted in the conference's row with the next transaction only: if this process
    /// crashes here, the events come again and with them the index.
    /// </summary>
    private async Task IndexAsync(ConferenceRow before)
    {
        KeptRow kept = _rows[StorageKey.Conference];
        var row = (ConferenceRow)kept.Row;
        if (!row.Indexed && await index.WriteAsync(before, row))
        {
            _rows[StorageKey.Conference] = kept with { Row = row with { Indexed = true } };
        }
    }

    private static string KeyOf(ReceivedEvent received) =>
        EventKey.Of(received.Event);

    private sealed record KeptRow(StateRow Row, ETag? ETag);

    private sealed record PendingEvent(ReceivedEvent Received, PendingBatch Batch, ActivityContext? Message);

    /// <summary>The events of one caller, who waits until the last of them is settled.</summary>
    private sealed class PendingBatch
    {
        private readonly TaskCompletionSource<ApplyOutcome> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _open;

        public PendingBatch(int open)
        {
            _open = open;
            if (open == 0)
            {
                _outcome.SetResult(ApplyOutcome.Applied);
            }
        }

        public Task<ApplyOutcome> Outcome => _outcome.Task;

        public void Done(ApplyOutcome outcome)
        {
            if (Interlocked.Decrement(ref _open) == 0)
            {
                _outcome.TrySetResult(outcome);
            }
        }

        public void Failed(Exception exception) => _outcome.TrySetException(exception);
    }
}

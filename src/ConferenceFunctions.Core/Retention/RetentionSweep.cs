using Azure;
using Azure.Data.Tables;
using ConferenceFunctions.Core.Callbacks;
using ConferenceFunctions.Core.Conferences;
using ConferenceFunctions.Core.DeadLetters;
using ConferenceFunctions.Core.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Retention;

/// <summary>
/// Erases what is older than <see cref="RetentionOptions.Days"/>, and finishes erasures that a crash ended. A run does as much as it
/// has time for; the next one finds the rest, since what is gone is found no more.
/// </summary>
public sealed partial class RetentionSweep(
    StorageAccount account,
    ConferenceEraser eraser,
    CallerStore callers,
    DeadLetterStore deadLetters,
    IOptions<RetentionOptions> options,
    IOptions<ConferenceOptions> conferences,
    TimeProvider time,
    ILogger<RetentionSweep> logger)
{
    // Well below what a function may take, and what a scale-in waits for.
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(5);

    private const int SideBySide = 4;

    private readonly ConferenceIndex _index = new(account);
    private readonly UnknownRows _unknown = new(account);
    private readonly ConferenceView _view = new(conferences, time);
    private readonly TableClient _table = account.Tables.GetTableClient(StorageNames.ConferenceTable);

    private DateTimeOffset? Cutoff => options.Value.Days is > 0 and var days ? time.GetUtcNow().AddDays(-days) : null;

    /// <summary>Finishes erasures, and erases conferences that ended too long ago.</summary>
    public async Task SweepConferencesAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset stop = time.GetUtcNow() + MaxDuration;
        await EraseAsync(eraser.UnfinishedAsync(cancellationToken), stop, cancellationToken);
        if (Cutoff is { } cutoff)
        {
            await EraseAsync(OutdatedAsync(cutoff, cancellationToken), stop, cancellationToken);
        }
    }

    /// <summary>Removes who called, dead letters, and recordings whose conference was never found, from too long ago.</summary>
    public async Task SweepRestAsync(CancellationToken cancellationToken)
    {
        if (Cutoff is { } cutoff)
        {
            await deadLetters.RemoveOlderAsync(cutoff, cancellationToken);
            await _unknown.RemoveOlderAsync(cutoff, cancellationToken);
            // Who called goes with the conference; here it is about those who came into none. A call may begin long before its conference ends.
            await callers.RemoveOlderAsync(cutoff.AddDays(-1), cancellationToken);
        }
    }

    private Task EraseAsync(IAsyncEnumerable<string> conferenceIds, DateTimeOffset stop, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        conferenceIds.TakeWhile(_ => time.GetUtcNow() < stop),
        new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
        async (conferenceId, token) =>
        {
            try
            {
                await eraser.EraseAsync(conferenceId, token);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                // One that resists must not keep the others; the next run tries again.
                Log.NotErased(logger, conferenceId, StorageFailure.Reason(exception));
            }
        });

    /// <summary>Conferences that ended before that time, by the days in the index.</summary>
    private async IAsyncEnumerable<string> OutdatedAsync(
        DateTimeOffset cutoff, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string day = IndexEntry.DayPartition(EventTime.From(cutoff));
        // Days to come have conferences only where a timestamp was wrong; those must not stay for ever.
        string tomorrow = IndexEntry.DayPartition(EventTime.From(time.GetUtcNow()) + EventTime.Day);
        IAsyncEnumerable<IndexHint> hints = _index.ReadAsync(null, day, IndexEntry.AfterDays, cancellationToken)
            .Concat(_index.ReadAsync(null, IndexEntry.DayPrefix, tomorrow, cancellationToken));
        await foreach (IndexHint hint in hints.WithCancellation(cancellationToken))
        {
            if (await EndOfAsync(hint, cancellationToken) < cutoff)
            {
                yield return hint.ConferenceId;
            }
        }
    }

    /// <summary>When a conference was over; null as long as it is not.</summary>
    private async Task<DateTimeOffset?> EndOfAsync(IndexHint hint, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> stored = await _table.GetEntityIfExistsAsync<TableEntity>(
            StorageKey.Escape(hint.ConferenceId), StorageKey.Conference, cancellationToken: cancellationToken);
        if (!stored.HasValue || ConferenceEntities.ToConference(stored.Value!) is not { Erased: null } row)
        {
            // Left behind by a writer that was overtaken, or by an erasure.
            await _index.DeleteAsync(hint, cancellationToken);
            return null;
        }

        ConferenceEnd? end = _view.EndOf(row);
        long last = row.State.LastEvent ?? 0;
        if (end is null && last <= EventTime.From(_view.Now) + EventTime.Day)
        {
            return null;
        }

        // What is said to have happened after its row was last written, or at no time at all, happened then.
        DateTimeOffset written = row.Written ?? _view.Now;
        return EventTime.ToPoint(end is { Time: > 0 } ? end.Time : last) is { } said && said < written ? said : written;
    }

    private static partial class Log
    {
        [LoggerMessage(140, LogLevel.Warning, "The conference {Id} could not be erased ({Reason}); the next sweep tries again.")]
        public static partial void NotErased(ILogger logger, string id, string reason);
    }
}

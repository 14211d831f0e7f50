using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ConferenceFunctions.Core;

/// <summary>The one meter and the one activity source, with a method for everything that is worth counting.</summary>
public sealed class ConferenceTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "ConferenceFunctions";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _received;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _recordings;
    private readonly Counter<long> _recordingBytes;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _putDuration;
    private readonly Histogram<double> _ackDuration;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _transactions;
    private readonly Counter<long> _conflicts;
    private readonly Histogram<int> _waiting;
    private readonly Histogram<double> _age;
    private readonly Histogram<int> _kept;
    private readonly Histogram<double> _keptAge;

    /// <summary>Makes the instruments.</summary>
    public ConferenceTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        Meter meter = meters.Create(Name);
        _received = meter.CreateCounter<long>("conference.callbacks.received", "{callback}", "Callbacks that were acknowledged.");
        _rejected = meter.CreateCounter<long>("conference.callbacks.rejected", "{callback}", "Callbacks that were not, by reason.");
        _deadLetters = meter.CreateCounter<long>("conference.dead_letters", "{letter}", "Dead letters, by queue and reason.");
        _recordings = meter.CreateCounter<long>("conference.recordings", "{attempt}", "Attempts to archive a recording, by outcome: archived, retried or failed.");
        _recordingBytes = meter.CreateCounter<long>("conference.recordings.bytes", "By", "Bytes of recordings that were archived.");
        _batchSize = meter.CreateHistogram<int>("conference.callbacks.batch_size", "{callback}", "Callbacks in one put.");
        _putDuration = meter.CreateHistogram<double>("conference.callbacks.put_duration", "s", "Duration of a put.");
        _ackDuration = meter.CreateHistogram<double>("conference.callbacks.ack_duration", "s", "From a callback that was let in and read to its being durable.");
        _lag = meter.CreateHistogram<double>("conference.events.lag", "s", "From an event to its being in the tables.");
        _transactions = meter.CreateCounter<long>("conference.transactions", "{transaction}", "Transactions that were committed.");
        _conflicts = meter.CreateCounter<long>("conference.conflicts", "{conflict}", "Transactions that had to be made anew, since somebody else wrote.");

        // No gauges: an instance would go on telling what it measured last where the next measurement falls to another one.
        _waiting = meter.CreateHistogram<int>("conference.queue.messages", "{message}", "Messages in a queue, measured every five minutes.");
        _age = meter.CreateHistogram<double>("conference.queue.age", "s", "Age of the oldest in a queue, measured every five minutes and whenever callbacks are put back.");
        _kept = meter.CreateHistogram<int>("conference.dead_letters.kept", "{letter}", "Dead letters that are kept, up to 1000, measured every five minutes.");
        _keptAge = meter.CreateHistogram<double>("conference.dead_letters.age", "s", "Age of the oldest dead letter that is kept, 0 without one, measured every five minutes.");
    }

    /// <summary>A callback was acknowledged.</summary>
    /// <param name="duration">From its being read to its being durable.</param>
    public void Received(TimeSpan duration)
    {
        _received.Add(1);
        _ackDuration.Record(duration.TotalSeconds);
    }

    /// <summary>A callback was refused.</summary>
    /// <param name="reason">Why: a word, not a sentence.</param>
    public void Rejected(string reason) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>Something became a dead letter.</summary>
    public void DeadLettered(string queue, string reason) => _deadLetters.Add(
        1, new KeyValuePair<string, object?>("queue", queue), new KeyValuePair<string, object?>("reason", reason));

    /// <summary>So many messages are in a queue.</summary>
    public void Waiting(string queue, int messages) => _waiting.Record(messages, new KeyValuePair<string, object?>("queue", queue));

    /// <summary>The oldest in a queue waits that long.</summary>
    public void WaitingFor(string queue, TimeSpan age) => _age.Record(age.TotalSeconds, new KeyValuePair<string, object?>("queue", queue));

    /// <summary>So many dead letters are kept, the oldest for that long.</summary>
    public void Kept(int letters, TimeSpan age)
    {
        _kept.Record(letters);
        _keptAge.Record(age.TotalSeconds);
    }

    /// <summary>It was tried to archive a recording.</summary>
    /// <param name="outcome">What came of it: <c>archived</c>, <c>retried</c>, <c>failed</c>, or <c>put-back</c> where the source had no part in it.</param>
    /// <param name="bytes">Bytes archived.</param>
    public void RecordingTried(string outcome, long bytes = 0)
    {
        _recordings.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _recordingBytes.Add(bytes);
    }

    /// <summary>Callbacks were put into the queue together.</summary>
    public void Put(int count, TimeSpan duration)
    {
        _batchSize.Record(count);
        _putDuration.Record(duration.TotalSeconds);
    }

    /// <summary>A transaction was committed.</summary>
    /// <param name="lags">For each of its events that has a time: how long ago that was.</param>
    public void Committed(IEnumerable<TimeSpan> lags)
    {
        ArgumentNullException.ThrowIfNull(lags);
        _transactions.Add(1);
        if (_lag.Enabled)
        {
            foreach (TimeSpan lag in lags)
            {
                _lag.Record(lag.TotalSeconds);
            }
        }
    }

    /// <summary>Somebody else wrote in between.</summary>
    public void Conflicted() => _conflicts.Add(1);

    /// <summary>Starts the span of a put on behalf of these requests: child of the first, linked to the others.</summary>
    public Activity? StartPut(IEnumerable<ActivityContext?> requests) => StartShared("callbacks put", ActivityKind.Producer, requests);

    /// <summary>What a message says about its trace, in W3C's form: its put, or where that is not kept, the request that was not.</summary>
    public static string? TraceParent(Activity? put, ActivityContext? request) => put?.Id ?? (request is { } context
        ? $"00-{context.TraceId}-{context.SpanId}-{(int)context.TraceFlags:x2}"
        : null);

    /// <summary>Starts the span of a transaction on behalf of these messages: child of the first, linked to the others.</summary>
    public Activity? StartTransaction(IEnumerable<ActivityContext?> messages) => StartShared("conference write", ActivityKind.Internal, messages);

    /// <summary>Starts the span of applying a message, as part of the trace of its put.</summary>
    public Activity? StartApply(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out ActivityContext parent)
            ? _source.StartActivity("callbacks apply", ActivityKind.Consumer, parent)
            : _source.StartActivity("callbacks apply", ActivityKind.Consumer);

    /// <summary>Starts the span of an attempt to archive a recording.</summary>
    public Activity? StartArchive() => _source.StartActivity("recording archive", ActivityKind.Consumer);

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private Activity? StartShared(string name, ActivityKind kind, IEnumerable<ActivityContext?> causes)
    {
        if (!_source.HasListeners())
        {
            return null;
        }

        // The loop that does the work was begun by some earlier request, whose trace this does not belong to.
        Activity.Current = null;
        ActivityContext[] contexts = [.. causes.OfType<ActivityContext>().Distinct()];
        return _source.StartActivity(name, kind, contexts.FirstOrDefault(), links: contexts.Skip(1).Select(context => new ActivityLink(context)));
    }
}

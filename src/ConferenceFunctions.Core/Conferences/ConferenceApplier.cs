using ConferenceFunctions.Core.Storage;

namespace ConferenceFunctions.Core.Conferences;

/// <summary>
/// Applies events to the table <c>conferences</c>. Every conference has one writer in the process, so that batches which arrive
/// while its transaction is in flight share the next one, and the usual batch writes without reading.
/// </summary>
public sealed class ConferenceApplier(StorageAccount account, ConferenceTelemetry telemetry, TimeProvider time)
{
    // Enough for the conferences that are busy at a time; a forgotten one only costs reading its rows again.
    private const int MaxWriters = 500;

    private readonly ConferenceIndex _index = new(account);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<ConferenceWriter>> _writers = new(StringComparer.Ordinal);
    private readonly LinkedList<ConferenceWriter> _recent = [];

    /// <summary>Applies events of one conference. When it returns they are in the table, and what they say is in its rows.</summary>
    /// <exception cref="Azure.RequestFailedException">Storage refuses; nothing, or only a part that is whole in itself, was applied.</exception>
    public Task<ApplyOutcome> ApplyAsync(string conferenceId, IReadOnlyList<ReceivedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        lock (_gate)
        {
            ConferenceWriter writer = Writer(conferenceId);
            Forget();
            return writer.ApplyAsync(events);
        }
    }

    private ConferenceWriter Writer(string conferenceId)
    {
        if (_writers.TryGetValue(conferenceId, out LinkedListNode<ConferenceWriter>? node))
        {
            _recent.Remove(node);
        }
        else
        {
            node = new LinkedListNode<ConferenceWriter>(
                new ConferenceWriter(conferenceId, account.Tables.GetTableClient(StorageNames.ConferenceTable), _index, telemetry, time));
            _writers.Add(conferenceId, node);
        }

        _recent.AddFirst(node);
        return node.Value;
    }

    private void Forget()
    {
        for (LinkedListNode<ConferenceWriter>? node = _recent.Last; node is not null && _writers.Count > MaxWriters;)
        {
            LinkedListNode<ConferenceWriter>? previous = node.Previous;
            if (node.Value.IsIdle)
            {
                _recent.Remove(node);
                _writers.Remove(node.Value.ConferenceId);
            }

            node = previous;
        }
    }
}

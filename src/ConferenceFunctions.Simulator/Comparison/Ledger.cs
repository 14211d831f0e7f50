using ConferenceFunctions.Simulator.Callbacks;
using ConferenceFunctions.Simulator.Conferences;

namespace ConferenceFunctions.Simulator.Comparison;

/// <summary>Every callback that was to be posted, how often it was sent, and whether it was acknowledged.</summary>
/// <param name="backend">Base URL of the backend.</param>
internal sealed class Ledger(string backend)
{
    private readonly Lock _lock = new();
    private readonly List<LedgerEntry> _entries = [];
    private int _settled;

    /// <summary>All callbacks, in the order in which they were posted.</summary>
    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>How many callbacks there are, and how many of them will not be sent again.</summary>
    public (int All, int Settled) Count
    {
        get
        {
            lock (_lock)
            {
                return (_entries.Count, _settled);
            }
        }
    }

    /// <summary>A callback is to be posted.</summary>
    public LedgerEntry Add(SimulatedCallback callback)
    {
        var entry = new LedgerEntry(callback, BackendUrl.LeadsTo(backend, callback.Route.Url));
        lock (_lock)
        {
            _entries.Add(entry);
        }

        return entry;
    }

    /// <summary>A callback is never sent.</summary>
    public void Drop(LedgerEntry entry)
    {
        lock (_lock)
        {
            entry.Dropped = true;
            _settled++;
        }
    }

    /// <summary>A callback was sent.</summary>
    /// <param name="entry">The callback.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="isLast">Whether it is not sent again, whatever came back.</param>
    public void Note(LedgerEntry entry, SignalWireAnswer answer, bool isLast)
    {
        lock (_lock)
        {
            entry.Attempts++;
            entry.Acknowledged |= answer.Succeeded;
            entry.Refusal = answer.Succeeded ? null : answer.Fault ?? $"status {answer.Status}";
            _settled += entry.Acknowledged || isLast ? 1 : 0;
        }
    }
}

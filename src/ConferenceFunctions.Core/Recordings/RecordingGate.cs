namespace ConferenceFunctions.Core.Recordings;

/// <summary>Lets in one job of a recording at a time, and so many recordings at once.</summary>
internal sealed class RecordingGate(int maxParallel) : IDisposable
{
    private readonly SemaphoreSlim _places = new(maxParallel);
    private readonly Dictionary<(string, string), Entry> _entries = [];

    /// <summary>Waits until it is the job's turn.</summary>
    /// <returns>Ends its turn when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(RecordingJob job, CancellationToken cancellationToken)
    {
        // Of several jobs for one recording only one takes a place: the others have nothing to do once it is done.
        var turn = new Turn(this, (job.ConferenceId, job.RecordingId));
        try
        {
            await turn.TakeAsync(cancellationToken);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private Entry Join((string, string) recording)
    {
        lock (_entries)
        {
            Entry entry = _entries.GetValueOrDefault(recording) ?? (_entries[recording] = new Entry());
            entry.Waiting++;
            return entry;
        }
    }

    private void Leave((string, string) recording, Entry entry)
    {
        lock (_entries)
        {
            if (--entry.Waiting == 0)
            {
                _entries.Remove(recording);
                entry.Alone.Dispose();
            }
        }
    }

    private sealed class Entry
    {
        public SemaphoreSlim Alone { get; } = new(1);

        public int Waiting { get; set; }
    }

    private sealed class Turn(RecordingGate gate, (string, string) recording) : IDisposable
    {
        private readonly Entry _entry = gate.Join(recording);
        private bool _isAlone;
        private bool _hasPlace;

        public async Task TakeAsync(CancellationToken cancellationToken)
        {
            await _entry.Alone.WaitAsync(cancellationToken);
            _isAlone = true;
            await gate._places.WaitAsync(cancellationToken);
            _hasPlace = true;
        }

        public void Dispose()
        {
            if (_hasPlace)
            {
                gate._places.Release();
            }

            if (_isAlone)
            {
                _entry.Alone.Release();
            }

            gate.Leave(recording, _entry);
        }
    }
}

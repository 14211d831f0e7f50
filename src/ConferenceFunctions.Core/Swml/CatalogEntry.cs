namespace ConferenceFunctions.Core.Swml;

/// <summary>What is stored under a name, parsed, and since when that is known.</summary>
public sealed class CatalogEntry
{
    // What nobody stored costs little; so that made-up names stay few, each counts for more than it takes.
    private const long AbsentBytes = 16 * 1024;

    private const long BytesPerNode = 256;

    private static long _lastId;

    private long _checkedAt;
    private volatile bool _isOutdated;

    /// <summary>What was found under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="read">What was found.</param>
    /// <param name="checkedAt">Timestamp of when it was looked up.</param>
    /// <exception cref="SwmlFormatException">What is stored is no document.</exception>
    public CatalogEntry(string name, DocumentRead read, long checkedAt)
    {
        ArgumentNullException.ThrowIfNull(read);
        (Name, HasWait, Version, _checkedAt) = (name, read.HasWait, read.Version, checkedAt);
        Document = read.Document is null ? null : SwmlText.Read(read.Document.Text);
        Size = Document is null ? AbsentBytes : AbsentBytes + read.Document!.Text.Length + (BytesPerNode * Count(Document));
    }

    /// <summary>Tells entries apart, those of one name included.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The document as its author wrote it; null where none is stored.</summary>
    public SwmlObject? Document { get; }

    /// <summary>Whether there is a document for those who wait for it.</summary>
    public bool HasWait { get; }

    /// <summary>Version of what is stored; null where nothing is.</summary>
    public string? Version { get; }

    /// <summary>Bytes of memory that it takes, roughly.</summary>
    public long Size { get; }

    /// <summary>Whether it is known to have changed: good only while storage is down.</summary>
    public bool IsOutdated => _isOutdated;

    /// <summary>Timestamp of when it was last known to be what is stored.</summary>
    public long CheckedAt => Volatile.Read(ref _checkedAt);

    /// <summary>Notes that it was still what is stored at that time.</summary>
    public void Confirm(long checkedAt) => Volatile.Write(ref _checkedAt, Math.Max(checkedAt, CheckedAt));

    /// <summary>Notes that it was changed.</summary>
    public void Outdate() => _isOutdated = true;

    private static int Count(SwmlNode node) => node switch
    {
        SwmlObject map => 1 + map.Members.Sum(member => Count(member.Value)),
        SwmlArray array => 1 + array.Items.Sum(Count),
        _ => 1,
    };
}

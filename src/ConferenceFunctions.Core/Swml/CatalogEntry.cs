using System.Collections.Concurrent;

namespace ConferenceFunctions.Core.Swml;

/// <summary>What is stored under a name, parsed, and what was rendered of it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Document">The document as its author wrote it; null where none is stored.</param>
/// <param name="HasWait">Whether there is a document for those who wait for it.</param>
/// <param name="Version">Version of what is stored; null where nothing is.</param>
/// <param name="CheckedAt">Timestamp of when it was read.</param>
public sealed record CatalogEntry(string Name, SwmlObject? Document, bool HasWait, string? Version, long CheckedAt)
{
    // Enough for a document's roles; whoever plays with parameters gets each answer rendered anew.
    private const int MaxRenderings = 16;

    // Longer than all roles and properties that a URL to paste has.
    private const int MaxQuery = 1024;

    private readonly ConcurrentDictionary<(string? Query, bool Yaml), RenderedDocument> _renderings = new();

    /// <summary>What was rendered for that query and format before, or null.</summary>
    /// <param name="query">The query; null for what those hear who wait, which is another document even where nothing is stored.</param>
    /// <param name="yaml">Whether it is YAML.</param>
    public RenderedDocument? FindRendering(string? query, bool yaml) => _renderings.GetValueOrDefault((query, yaml));

    /// <summary>Keeps what was rendered, as long as there is room.</summary>
    public void KeepRendering(string? query, bool yaml, RenderedDocument rendering)
    {
        if (_renderings.Count < MaxRenderings && !(query?.Length > MaxQuery))
        {
            _renderings.TryAdd((query, yaml), rendering);
        }
    }
}

using Microsoft.Extensions.Caching.Memory;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// Documents as they were rendered. Bounded in bytes; those that nobody asked for longest go first, so that whoever plays with
/// parameters does not keep out what callers ask for.
/// </summary>
public sealed class RenderingCache : IDisposable
{
    private const long MaxBytes = 32 * 1024 * 1024;

    // What the cache itself needs for each.
    private const int Overhead = 512;

    private readonly MemoryCache _renderings = new(new MemoryCacheOptions { SizeLimit = MaxBytes });

    /// <summary>How many there are.</summary>
    public int Count => _renderings.Count;

    /// <summary>What was rendered before, or null.</summary>
    /// <param name="entry">Of what.</param>
    /// <param name="query">For which query; null for what those hear who wait, which is another document even where nothing is stored.</param>
    /// <param name="yaml">Whether it is YAML.</param>
    public RenderedDocument? Find(CatalogEntry entry, string? query, bool yaml)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _renderings.Get<RenderedDocument>((entry.Id, query, yaml));
    }

    /// <summary>Keeps what was rendered, as long as there is room.</summary>
    public void Keep(CatalogEntry entry, string? query, bool yaml, RenderedDocument rendering)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(rendering);
        _renderings.Set((entry.Id, query, yaml), rendering, new MemoryCacheEntryOptions
        {
            Size = Overhead + rendering.Body.Length + (2 * (query?.Length ?? 0)),
        });
    }

    /// <inheritdoc />
    public void Dispose() => _renderings.Dispose();
}

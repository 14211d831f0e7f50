using ConferenceFunctions.Core.Swml;

namespace ConferenceFunctions.Tests.Swml;

public class RenderingCacheTests
{
    private static readonly RenderedDocument Small = RenderedDocument.Render(SwmlObject.Empty, yaml: false);

    private static readonly RenderedDocument Large = RenderedDocument.Render(SwmlObject.Of("a", SwmlScalar.Of(new string('x', 60_000))), yaml: false);

    private static CatalogEntry Entry() => new("room", new DocumentRead(null, HasWait: false, Version: null), 0);

    [Fact]
    public void Many_variants_of_a_query_do_not_keep_out_the_next_one()
    {
        using var cache = new RenderingCache();
        CatalogEntry entry = Entry();
        for (int i = 0; i < 1_000; i++)
        {
            cache.Keep(entry, $"name={i}", false, Small);
        }

        cache.Keep(entry, "role=moderator", false, Small);

        Assert.Same(Small, cache.Find(entry, "role=moderator", false));
        Assert.Null(cache.Find(entry, "role=moderator", true));
        Assert.Null(cache.Find(entry, null, false));
        Assert.Null(cache.Find(Entry(), "role=moderator", false));
    }

    [Fact]
    public void It_is_bounded_in_bytes()
    {
        using var cache = new RenderingCache();
        CatalogEntry entry = Entry();
        for (int i = 0; i < 2_000; i++)
        {
            cache.Keep(entry, $"name={i}", false, Large);
        }

        Assert.InRange(cache.Count, 1, 32 * 1024 * 1024 / 60_000);
    }
}

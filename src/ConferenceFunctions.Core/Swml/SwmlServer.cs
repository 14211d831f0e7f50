using ConferenceFunctions.Core.SignalWire;
using Microsoft.Extensions.Options;

namespace ConferenceFunctions.Core.Swml;

/// <summary>
/// Answers the fetch of a document: the stored one, or the implicit one of that name, instrumented and rendered. What was rendered
/// is kept, so that the usual answer costs no storage, no parsing and next to no memory.
/// </summary>
public sealed class SwmlServer(DocumentCatalog catalog, RenderingCache renderings, SwmlInstrumentation instrumentation, IOptions<SwmlOptions> options)
{
    private readonly bool _hasHoldMusic = options.Value.HoldMusicUrls.Count > 0;
    private readonly Lazy<SwmlObject> _holdMusic = new(() => WaitDocument.Create(options.Value.HoldMusicUrls));

    /// <summary>Answers the fetch of a document.</summary>
    /// <param name="name">Its name, a valid one.</param>
    /// <param name="query">The query as it came; our own token in it is ignored.</param>
    /// <param name="yaml">Whether YAML is wanted rather than JSON.</param>
    public async ValueTask<SwmlAnswer> ServeAsync(string name, string query, bool yaml)
    {
        CatalogEntry? entry = await catalog.FindAsync(name);
        if (entry is null)
        {
            return SwmlAnswer.Unavailable("Storage can't be read at the moment, and there is no copy of this document.");
        }

        string key = entry.Document is null ? query : "";
        return renderings.Find(entry, key, yaml) is { } rendering ? SwmlAnswer.Found(rendering) : Render(entry, key, yaml);
    }

    /// <summary>Answers the fetch of what callers hear while they wait: the stored document <c>{name}-wait</c>, or hold music.</summary>
    /// <param name="name">Name of the document for which they wait, a valid one.</param>
    /// <param name="yaml">Whether YAML is wanted rather than JSON.</param>
    public async ValueTask<SwmlAnswer> ServeWaitAsync(string name, bool yaml)
    {
        CatalogEntry? entry = await catalog.FindAsync(name + DocumentName.WaitSuffix);
        if (entry is not null && renderings.Find(entry, null, yaml) is { } rendering)
        {
            return SwmlAnswer.Found(rendering);
        }

        // Better some music than none: unlike a document, it can't do the wrong thing while storage is down.
        SwmlObject? document = entry?.Document ?? (_hasHoldMusic ? _holdMusic.Value : null);
        if (document is null)
        {
            return entry is null
                ? SwmlAnswer.Unavailable("Storage can't be read at the moment, and there is no copy of this document.")
                : SwmlAnswer.NotFound($"There is no hold music: store a document '{name}{DocumentName.WaitSuffix}', or set Swml__HoldMusic.");
        }

        return Keep(entry, null, yaml, instrumentation.Instrument(document, name, holdMusic: false));
    }

    /// <summary>Makes the document as it is served, of the stored one or of the parameters.</summary>
    private SwmlAnswer Render(CatalogEntry entry, string query, bool yaml)
    {
        SwmlObject? document = entry.Document;
        if (document is null)
        {
            if (!options.Value.ImplicitDocuments)
            {
                return SwmlAnswer.NotFound($"No document '{entry.Name}' is stored.");
            }

            KeyValuePair<string, string>[] parameters =
                [.. FormFields.Parse(query).Where(parameter => parameter.Key != CapabilityTokens.Parameter)];
            if (!ImplicitDocument.TryCreate(entry.Name, parameters, options.Value.UnavailableMessage, out document, out string? fault))
            {
                return SwmlAnswer.BadRequest(fault);
            }
        }

        return Keep(entry, query, yaml, instrumentation.Instrument(document, entry.Name, entry.HasWait || _hasHoldMusic));
    }

    private SwmlAnswer Keep(CatalogEntry? entry, string? query, bool yaml, SwmlObject document)
    {
        RenderedDocument rendering = RenderedDocument.Render(document, yaml);
        if (entry is not null)
        {
            renderings.Keep(entry, query, yaml, rendering);
        }

        return SwmlAnswer.Found(rendering);
    }
}
